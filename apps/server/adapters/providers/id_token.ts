/**
 * Checks id tokens: that the provider signed it, for us, for this visit, and now.
 *
 * @see OpenID Connect Core 1.0, sections 3.1.3.7 and 3.1.3.8; RFC 8725
 * @module
 */

import { hash } from "node:crypto";
import { type Clock, ok, type Result, seconds } from "@postern/std";
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Discovery, KeySet } from "./discovery.ts";
import { CLOCK_TOLERANCE_MS, ID_TOKEN_MAX_AGE_S, SUBJECT_MAX_LENGTH } from "./limits.ts";
import type { Metadata } from "./metadata.ts";
import { type StepFailure, stepFailed } from "./step_failure.ts";

/** What an id token is checked against. */
export interface IdTokenCheck {
  readonly idToken: string;
  readonly metadata: Metadata;
  /** What it may name as its issuer. */
  readonly issuers: readonly string[];
  readonly clientId: string;
  readonly nonce: string;
  /** Whether a token without a nonce will do. One with another's never does. */
  readonly mayOmitNonce: boolean;
  /** The token that came with it. */
  readonly accessToken: string;
}

/** Claims of an id token that was found good. */
export type IdTokenClaims = JWTPayload & { readonly sub: string };

/** What checking needs. */
export interface IdTokenDeps {
  readonly clock: Clock;
  readonly discovery: Discovery;
}

/** Checks an id token. */
export async function checkIdToken(
  deps: IdTokenDeps,
  check: IdTokenCheck,
): Promise<Result<IdTokenClaims, StepFailure>> {
  const keys = await deps.discovery.keys.get(check.metadata);
  if (!keys.ok) return keys;
  const first = await verify(deps.clock, check, keys.value);
  if (typeof first !== "string") return judge(check, first);
  if (!MAY_BE_A_NEW_KEY.has(first)) return refused(first);
  const renewed = await deps.discovery.keys.renew(check.metadata);
  if (!renewed.ok) return renewed;
  if (renewed.value === keys.value) return refused(first);
  const second = await verify(deps.clock, check, renewed.value);
  return typeof second === "string" ? refused(second) : judge(check, second);
}

interface Verified {
  readonly payload: JWTPayload;
  readonly algorithm: string;
}

/** What a token looks like whose key was made after ours were fetched. */
const MAY_BE_A_NEW_KEY: ReadonlySet<string> = new Set([
  errors.JWKSNoMatchingKey.code,
  errors.JWSSignatureVerificationFailed.code,
]);

/** Verifies the signature, and what jose knows of the claims; otherwise says why not. */
async function verify(clock: Clock, check: IdTokenCheck, keys: KeySet): Promise<Verified | string> {
  const verifyBy = async (key: JWTVerifyGetKey): Promise<Verified> => {
    const { payload, protectedHeader } = await jwtVerify(check.idToken, key, {
      algorithms: [...check.metadata.algorithms],
      issuer: [...check.issuers],
      audience: check.clientId,
      requiredClaims: ["sub", "exp"],
      maxTokenAge: ID_TOKEN_MAX_AGE_S,
      clockTolerance: CLOCK_TOLERANCE_MS / seconds(1),
      currentDate: new Date(clock.now()),
    });
    return { payload, algorithm: protectedHeader.alg };
  };
  try {
    return await verifyBy(keys.find);
  } catch (cause) {
    if (!(cause instanceof errors.JWKSMultipleMatchingKeys)) return wordFor(cause);
    // The token does not say which key: each that could be it is tried.
    let last: string = errors.JWKSNoMatchingKey.code;
    for await (const key of cause) {
      const verified = await verifyBy(() => key).catch(wordFor);
      if (typeof verified !== "string") return verified;
      last = verified;
    }
    return last;
  }
}

/** jose's code and the claim it is about. Its message may hold what the token says. */
function wordFor(cause: unknown): string {
  if (!(cause instanceof errors.JOSEError)) return "malformed";
  const isAboutClaim =
    cause instanceof errors.JWTClaimValidationFailed || cause instanceof errors.JWTExpired;
  return isAboutClaim ? `${cause.code} ${cause.claim}` : cause.code;
}

/** Judges what jose does not. */
function judge(
  check: IdTokenCheck,
  { payload, algorithm }: Verified,
): Result<IdTokenClaims, StepFailure> {
  const { sub, azp, aud, nonce, at_hash: accessTokenHash } = payload;
  if (!isSubject(sub)) return refused("sub");
  const hasSeveral = Array.isArray(aud) && aud.length > 1;
  if ((hasSeveral || azp !== undefined) && azp !== check.clientId) return refused("azp");
  const isNonceLeftOut = nonce === undefined && check.mayOmitNonce;
  if (nonce !== check.nonce && !isNonceLeftOut) return refused("nonce");
  if (
    accessTokenHash !== undefined &&
    accessTokenHash !== leftHalfHash(check.accessToken, algorithm)
  ) {
    return refused("at_hash");
  }
  return ok({ ...payload, sub });
}

/** Tells whether a claim can be a subject. OpenID Connect Core 1.0, section 2: at most 255 ASCII characters. */
function isSubject(claim: unknown): claim is string {
  return (
    typeof claim === "string" &&
    claim.length <= SUBJECT_MAX_LENGTH &&
    claim.trim() !== "" &&
    /^[\x20-\x7e]+$/.test(claim)
  );
}

/** Section 3.1.3.6: the left half of the token's hash, by the hash of the id token's algorithm. */
function leftHalfHash(accessToken: string, algorithm: string): string {
  const name = /(?:256|384|512)$/.exec(algorithm)?.[0] ?? "512";
  const digest = hash(`sha${name}`, accessToken, "buffer");
  return digest.subarray(0, digest.length / 2).toString("base64url");
}

function refused(why: string) {
  return stepFailed("id_token", "bad_id_token", { why });
}
