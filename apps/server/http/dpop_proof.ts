/**
 * Reads a proof that whoever sends a request holds a key.
 *
 * Says whose key it is and which proof it was. That no proof comes twice, and that the key is the
 * one that the token is bound to, is for the caller to see to.
 *
 * @see RFC 9449 (DPoP), section 4.3; RFC 7638 (JWK thumbprint); RFC 8725 (best practices)
 * @module
 */

import { type EpochMs, err, ok, type Result, type Sha256, seconds } from "@postern/std";
import {
  calculateJwkThumbprint,
  compactVerify,
  decodeProtectedHeader,
  importJWK,
  type JWK,
} from "jose";

/** How far a proof's time may be from ours, either way. */
export const PROOF_MAX_AGE_MS = seconds(60);

/** The algorithms, by the only curve of each that is accepted. */
const CURVES: ReadonlyMap<string | undefined, string> = new Map([
  ["EdDSA", "Ed25519"],
  ["ES256", "P-256"],
]);

/** Names of the algorithms. */
export const DPOP_ALGORITHMS = ["EdDSA", "ES256"] as const;

/** Members of a JWK that are secret. RFC 7518, section 6; RFC 8037, section 2. */
const SECRET_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] as const;

/** A proof's id: long enough not to meet another by chance, short enough to be kept. */
const PROOF_ID = /^[\x21-\x7e]{8,128}$/;

/** Longest proof that is looked at, characters. */
const PROOF_MAX_LENGTH = 4_096;

/** What a proof must be for. */
export interface ProofFor {
  readonly method: string;
  /** The addresses that the request may be known by, without query and fragment. */
  readonly urls: readonly string[];
  /** The access token beside it; null where there is none. */
  readonly accessToken: string | null;
  readonly now: EpochMs;
}

/** A proof that holds. */
export interface Proof {
  /** SHA-256 thumbprint of the key: `jkt`. */
  readonly thumbprint: string;
  /** Its own id. To be taken once within twice `PROOF_MAX_AGE_MS`. */
  readonly id: string;
}

/** Reads the value of a `DPoP` header. Tells nothing of what was wrong with it. */
export async function readDpopProof(
  sha256: Sha256,
  header: string | null,
  meant: ProofFor,
): Promise<Result<Proof, { readonly code: "invalid_dpop_proof" }>> {
  const refused = err({ code: "invalid_dpop_proof" });
  if (header === null || header.length > PROOF_MAX_LENGTH) return refused;
  const read = await verifyByOwnKey(header);
  if (read === null || !isMeant(sha256, read.claims, meant)) return refused;
  const { jti } = read.claims;
  if (typeof jti !== "string" || !PROOF_ID.test(jti)) return refused;
  return ok({ thumbprint: read.thumbprint, id: jti });
}

interface ReadProof {
  readonly thumbprint: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

async function verifyByOwnKey(text: string): Promise<ReadProof | null> {
  try {
    const { typ, alg, jwk } = decodeProtectedHeader(text);
    if (typ !== "dpop+jwt" || alg === undefined || !isPublicKey(jwk, alg)) return null;
    const key = await importJWK(jwk, alg);
    const { payload } = await compactVerify(text, key, { algorithms: [alg] });
    const claims: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
    if (!isObject(claims)) return null;
    return { thumbprint: await calculateJwkThumbprint(jwk, "sha256"), claims };
  } catch {
    return null;
  }
}

/** Tells whether a key is a public one of the curve that the algorithm takes. `none` and HMAC take none. */
function isPublicKey(jwk: JWK | undefined, alg: string): jwk is JWK {
  if (!isObject(jwk) || SECRET_MEMBERS.some((member) => Object.hasOwn(jwk, member))) return false;
  return jwk["crv"] !== undefined && jwk["crv"] === CURVES.get(alg);
}

function isMeant(sha256: Sha256, claims: ReadProof["claims"], meant: ProofFor): boolean {
  const { htm, htu, iat, ath } = claims;
  if (htm !== meant.method || typeof htu !== "string" || typeof iat !== "number") return false;
  const bare = withoutQuery(htu);
  if (bare === null || !meant.urls.includes(bare)) return false;
  if (!(Math.abs(meant.now - iat * seconds(1)) <= PROOF_MAX_AGE_MS)) return false;
  return meant.accessToken === null || ath === sha256(meant.accessToken);
}

/** An address as it is compared: normalised, and without query and fragment. RFC 9449, section 4.3, step 9. */
function withoutQuery(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") return null;
  return url.origin + url.pathname;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
