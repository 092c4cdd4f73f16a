/**
 * Tokens for a console: for its code, or for its refresh token.
 *
 * @see RFC 6749, sections 4.1.3 and 6; RFC 7636, section 4.5; RFC 9449, section 5
 * @module
 */

import { CONSOLE_CLIENT, exchangeCode, refresh } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { type ProveKeyDeps, proveKey, takeProof } from "../http/prove_key.ts";
import type { Call, Outcome, Route } from "../http/route.ts";
import { route } from "../http/route.ts";
import type { DepsOf } from "./_deps_of.ts";
import { consoleTokens, oauthError } from "./_oauth_reply.ts";

type Deps = DepsOf<typeof exchangeCode> & DepsOf<typeof refresh> & ProveKeyDeps;

type TokenCall = Call<typeof OPERATIONS.issueConsoleTokens>;

/** Gives tokens for what proves to be the console's own. */
export function issueConsoleTokensRoute(deps: Deps): Route {
  return route(OPERATIONS.issueConsoleTokens, async (call) => {
    const { grant_type: grant, client_id: client } = call.body;
    if (client !== undefined && client !== CONSOLE_CLIENT) return oauthError("invalid_client");
    switch (grant) {
      case "authorization_code":
        return client === undefined ? oauthError("invalid_request") : await byCode(deps, call);
      case "refresh_token":
        return await byRefreshToken(deps, call);
      default:
        return oauthError("unsupported_grant_type");
    }
  });
}

async function byCode(deps: Deps, { actor, body, context }: TokenCall): Promise<Outcome> {
  const { code, redirect_uri: redirectUri, code_verifier: verifier } = body;
  if (code === undefined || redirectUri === undefined || verifier === undefined) {
    return oauthError("invalid_request");
  }
  const proof = await proveKey(deps, context.request, null);
  if (!proof.ok) return oauthError("invalid_dpop_proof");
  const { thumbprint } = proof.value;
  const taken = () => takeProof(deps, proof.value);
  const command = { code, redirectUri, verifier, thumbprint, takeProof: taken };
  const made = await exchangeCode(deps, actor, command);
  if (made.ok) return consoleTokens(deps.clock.now(), made.value);
  return oauthError(made.error.code === "proof_seen" ? "invalid_dpop_proof" : "invalid_grant");
}

async function byRefreshToken(deps: Deps, { actor, body, context }: TokenCall): Promise<Outcome> {
  const { refresh_token: token } = body;
  if (token === undefined) return oauthError("invalid_request");
  const proof = await proveKey(deps, context.request, null);
  if (!proof.ok) return oauthError("invalid_dpop_proof");
  const verified = await deps.tokens.verify(token, "refresh");
  // Before the proof is taken: who holds no token of ours makes no rows.
  if (!verified.ok) return oauthError("invalid_grant");
  if (!(await takeProof(deps, proof.value))) return oauthError("invalid_dpop_proof");
  const { thumbprint } = proof.value;
  const next = await refresh(deps, actor, { verified, cookieSessionId: null, thumbprint });
  return next.ok ? consoleTokens(deps.clock.now(), next.value) : oauthError("invalid_grant");
}
