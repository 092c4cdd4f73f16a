/**
 * Signs people in by an OpenID provider.
 *
 * @see OpenID Connect Core 1.0, section 3.1; RFC 7636; RFC 9207
 * @module
 */

import type { OpenProvider, Provider, Return, VisitRequest } from "@postern/auth";
import { ok, type Result } from "@postern/std";
import { CodeChallengeMethod, OAuth2Client, type OAuth2Tokens } from "arctic";
import { authorizationParameters } from "./authorization_parameters.ts";
import { checkIdToken } from "./id_token.ts";
import type { Metadata } from "./metadata.ts";
import { accountOf } from "./openid_account.ts";
import { quirksOf } from "./presets.ts";
import { type BySecret, bySecret } from "./secret_overlap.ts";
import type { Exchanged, SignInDeps } from "./sign_in_deps.ts";
import { type StepFailure, stepFailed } from "./step_failure.ts";
import { idTokenIn, readTokens } from "./token_answer.ts";
import { type Grant, requestTokens, type TokenEndpoint } from "./token_endpoint.ts";
import { withUserinfo } from "./userinfo.ts";

/** Where to send the browser. */
export async function openidUrl(
  deps: SignInDeps,
  provider: Provider,
  visit: VisitRequest,
): Promise<Result<string, StepFailure>> {
  const found = await deps.discovery.metadata.get(provider.issuer);
  if (!found.ok) return found;
  const client = new OAuth2Client(provider.clientId, null, visit.redirectUri);
  const url = client.createAuthorizationURLWithPKCE(
    found.value.metadata.authorizationEndpoint,
    visit.state,
    CodeChallengeMethod.S256,
    visit.codeVerifier,
    [...provider.scopes],
  );
  url.searchParams.set("nonce", visit.nonce);
  for (const [name, value] of Object.entries(authorizationParameters(provider))) {
    url.searchParams.set(name, value);
  }
  return ok(url.href);
}

/** Looks whether an answer is the provider's, by the `iss` in it. */
export async function openidIssuer(
  deps: SignInDeps,
  provider: Provider,
  issuer: string | null,
): Promise<Result<null, StepFailure>> {
  const found = await deps.discovery.metadata.get(provider.issuer);
  return found.ok ? judgeIssuer(provider, found.value.metadata, issuer) : found;
}

/** Who promises to name itself, and does not, is not itself. RFC 9207, section 2.4. */
function judgeIssuer(
  provider: Provider,
  metadata: Metadata,
  issuer: string | null,
): Result<null, StepFailure> {
  const isTheirs =
    issuer === null ? !metadata.namesItself : issuersOf(provider, metadata).includes(issuer);
  return isTheirs ? ok(null) : stepFailed("return", "wrong_issuer", { why: "iss" });
}

function issuersOf(provider: Provider, { issuer }: Metadata): readonly string[] {
  return [issuer, ...quirksOf(provider).otherIssuers];
}

/** Changes a code for an account and its tokens. */
export async function openidExchange(
  deps: SignInDeps,
  provider: OpenProvider,
  returned: Return,
): Promise<Result<Exchanged, StepFailure>> {
  const found = await deps.discovery.metadata.get(provider.issuer);
  if (!found.ok) return found;
  const { metadata } = found.value;
  const quirks = quirksOf(provider);
  // Before the code goes anywhere: an answer of another provider must not end here.
  const theirs = judgeIssuer(provider, metadata, returned.issuer);
  if (!theirs.ok) return theirs;
  const answered = await openidTokens(deps, provider, {
    metadata,
    grant: {
      grant_type: "authorization_code",
      code: returned.code,
      redirect_uri: returned.redirectUri,
      code_verifier: returned.codeVerifier,
    },
  });
  if (!answered.ok) return answered;
  const { value: answer, usedSecret } = answered.value;
  const tokens = readTokens(deps.clock, answer, provider.scopes);
  if (!tokens.ok) return tokens;
  const idToken = idTokenIn(answer);
  if (idToken === undefined) return stepFailed("id_token", "bad_id_token", { why: "missing" });
  const { accessToken } = tokens.value;
  const { clientId } = provider;
  const { mayOmitNonce } = quirks;
  const { nonce } = returned;
  const issuers = issuersOf(provider, metadata);
  const check = { idToken, metadata, issuers, clientId, nonce, mayOmitNonce, accessToken };
  const claims = await checkIdToken(deps, check);
  if (!claims.ok) return claims;
  const full = await withUserinfo(deps.outgoing, { metadata, quirks, accessToken }, claims.value);
  if (!full.ok) return full;
  const account = accountOf(provider, full.value, quirks);
  return ok({ account, tokens: tokens.value, usedSecret });
}

/** Changes a grant for tokens. */
export async function openidTokens(
  deps: Pick<SignInDeps, "clock" | "outgoing">,
  provider: OpenProvider,
  asked: { readonly metadata: Metadata; readonly grant: Grant },
): Promise<Result<BySecret<OAuth2Tokens>, StepFailure>> {
  const endpoint = openidEndpoint(provider, asked.metadata);
  const { grant } = asked;
  return await bySecret(provider, (secret) => requestTokens(deps, endpoint, { grant, secret }));
}

/** Where a provider gives tokens. */
export function openidEndpoint(
  { clientId, issuer }: Pick<Provider, "clientId" | "issuer">,
  { clientAuth, tokenEndpoint }: Metadata,
): TokenEndpoint {
  return { url: tokenEndpoint, issuer, clientId, clientAuth, errors: {} };
}
