/**
 * Signs people in by GitHub, GitHub Enterprise Server, or GitHub Enterprise Cloud on a domain of its own.
 *
 * Not OpenID: no discovery and no id token. Who it is and what the address is are asked of the API.
 * Accounts are known by the origin of the pages and the numeric id, which is never given to another.
 *
 * @see GitHub Docs, "Authorizing OAuth apps" and "Troubleshooting OAuth app access token request errors"
 * @module
 */

import type { OpenProvider, Provider, Return, VisitRequest } from "@postern/auth";
import { ok, type Result } from "@postern/std";
import { CodeChallengeMethod, OAuth2Client, type OAuth2Tokens } from "arctic";
import { githubAccount } from "./github_account.ts";
import { githubPlaces } from "./github_places.ts";
import { type BySecret, bySecret } from "./secret_overlap.ts";
import type { Exchanged, SignInDeps } from "./sign_in_deps.ts";
import { type StepFailure, stepFailed } from "./step_failure.ts";
import { readTokens } from "./token_answer.ts";
import { type Grant, requestTokens, type TokenEndpoint } from "./token_endpoint.ts";

/** Where to send the browser. */
export function githubUrl(
  { outgoing }: Pick<SignInDeps, "outgoing">,
  provider: Provider,
  visit: VisitRequest,
): Result<string, StepFailure> {
  const { authorize } = githubPlaces(provider);
  if (!outgoing.allows(authorize)) {
    return stepFailed("discovery", "unreachable", { why: "bad_url" });
  }
  const client = new OAuth2Client(provider.clientId, null, visit.redirectUri);
  const { state, codeVerifier } = visit;
  const scopes = [...provider.scopes];
  const method = CodeChallengeMethod.S256;
  return ok(
    client.createAuthorizationURLWithPKCE(authorize, state, method, codeVerifier, scopes).href,
  );
}

/** Looks whether an answer is its own. It began to name itself in 2026; an older Server does not. */
export function githubIssuer(provider: Provider, issuer: string | null): Result<null, StepFailure> {
  const isTheirs = issuer === null || issuer === githubPlaces(provider).issuer;
  return isTheirs ? ok(null) : stepFailed("return", "wrong_issuer", { why: "iss" });
}

/** Changes a code for an account and its tokens. */
export async function githubExchange(
  deps: SignInDeps,
  provider: OpenProvider,
  returned: Return,
): Promise<Result<Exchanged, StepFailure>> {
  const theirs = githubIssuer(provider, returned.issuer);
  if (!theirs.ok) return theirs;
  const answered = await githubTokens(deps, provider, {
    grant_type: "authorization_code",
    code: returned.code,
    redirect_uri: returned.redirectUri,
    code_verifier: returned.codeVerifier,
  });
  if (!answered.ok) return answered;
  const { value: answer, usedSecret } = answered.value;
  const tokens = readTokens(deps.clock, answer, provider.scopes);
  if (!tokens.ok) return tokens;
  const account = await githubAccount(deps.outgoing, provider, tokens.value.accessToken);
  return account.ok ? ok({ account: account.value, tokens: tokens.value, usedSecret }) : account;
}

/** Its own errors, which come with status 200; an unknown client is a 404. */
const ERRORS = {
  incorrect_client_credentials: "invalid_client",
  "Not Found": "invalid_client",
  bad_verification_code: "invalid_grant",
  bad_refresh_token: "invalid_grant",
  unverified_user_email: "no_account",
} as const;

/** Changes a grant for tokens. */
export async function githubTokens(
  deps: Pick<SignInDeps, "clock" | "outgoing">,
  provider: OpenProvider,
  grant: Grant,
): Promise<Result<BySecret<OAuth2Tokens>, StepFailure>> {
  const endpoint = githubEndpoint(provider);
  return await bySecret(provider, (secret) => requestTokens(deps, endpoint, { grant, secret }));
}

/** Where a GitHub gives tokens. */
export function githubEndpoint(provider: Pick<Provider, "issuer" | "clientId">): TokenEndpoint {
  return {
    url: githubPlaces(provider).token,
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientAuth: "client_secret_post",
    errors: ERRORS,
  };
}
