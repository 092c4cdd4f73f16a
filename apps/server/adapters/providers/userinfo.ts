/**
 * Asks the userinfo endpoint for what an id token leaves out.
 *
 * @see OpenID Connect Core 1.0, section 5.3
 * @module
 */

import { ok, type Result } from "@postern/std";
import type { IdTokenClaims } from "./id_token.ts";
import type { Metadata } from "./metadata.ts";
import type { Claims } from "./openid_account.ts";
import type { Outgoing } from "./outgoing.ts";
import type { Quirks } from "./presets.ts";
import { callFailed, type StepFailure, statusFailed, stepFailed } from "./step_failure.ts";

/** Whom to ask, and how. */
export interface UserinfoRequest {
  readonly metadata: Metadata;
  readonly quirks: Quirks;
  readonly accessToken: string;
}

/**
 * Adds what the id token leaves out, where it tells no address, or not whether it is verified.
 *
 * What both tell is taken from the id token, but for the address: that is taken from the answer, and
 * whether it is verified from the same place, so that no word about one address passes for another.
 */
export async function withUserinfo(
  outgoing: Outgoing,
  { metadata, quirks, accessToken }: UserinfoRequest,
  claims: IdTokenClaims,
): Promise<Result<IdTokenClaims, StepFailure>> {
  const url = metadata.userinfoEndpoint;
  const words = [
    "email_verified",
    ...(quirks.verifiedClaim === null ? [] : [quirks.verifiedClaim]),
  ];
  const isWhole = "email" in claims && words.some((name) => name in claims);
  if (url === null || isWhole) return ok(claims);
  const answer = await outgoing.send({ url, headers: { Authorization: `Bearer ${accessToken}` } });
  if (!answer.ok) return callFailed("userinfo", answer.error);
  const { status, json } = answer.value;
  if (status !== 200) return statusFailed("userinfo", status);
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return stepFailed("userinfo", "bad_answer", { why: "not an object", status });
  }
  // One that is of somebody else, or of nobody, must not be used. Section 5.3.2.
  const told = json as Claims;
  if (told["sub"] !== claims.sub) {
    return stepFailed("userinfo", "bad_answer", { why: "other sub", status });
  }
  const aboutAddress = ["email", ...words];
  const source = "email" in told ? told : claims;
  return ok({
    ...without(told, aboutAddress),
    ...without(claims, aboutAddress),
    ...only(source, aboutAddress),
    sub: claims.sub,
  });
}

function only(claims: Claims, names: readonly string[]): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => names.includes(name)));
}

function without(claims: Claims, names: readonly string[]): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));
}
