/**
 * The key that a sign-in is bound to, and the proofs that it makes.
 *
 * In memory it cannot be exported. It is exportable for one moment, when it is made, and only where it
 * is then kept encrypted.
 *
 * @see RFC 9449 (DPoP), section 4.2
 * @module
 */

import { createHash } from "node:crypto";
import { type JWK, SignJWT } from "jose";

/** P-256: every version of Electron's cryptography has it. */
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" } as const;

/** A key. */
export interface DpopKey {
  prove(claims: ProofClaims): Promise<string>;
}

/** What a proof is for. */
export interface ProofClaims {
  readonly method: string;
  /** Address without query and fragment, as the server knows it. */
  readonly url: string;
  /** The server's time, milliseconds since the epoch. */
  readonly now: number;
  /** The access token beside it. */
  readonly accessToken?: string | undefined;
}

/** A new key, and its secret form where it is to be kept: encrypted. */
export interface MadeKey {
  readonly key: DpopKey;
  readonly secret: JWK | null;
}

/** Makes a key. @param isKept Whether it is to outlive the console; else nothing can export it, ever. */
export async function makeDpopKey(isKept: boolean): Promise<MadeKey> {
  const pair = await crypto.subtle.generateKey(ALGORITHM, isKept, ["sign", "verify"]);
  if (isKept) {
    const secret = (await crypto.subtle.exportKey("jwk", pair.privateKey)) as JWK;
    return { key: await openDpopKey(secret), secret };
  }
  const open = (await crypto.subtle.exportKey("jwk", pair.publicKey)) as JWK;
  return { key: proverOf(publicPart(open), pair.privateKey), secret: null };
}

/** Opens a key that was kept. Throws where it is none. */
export async function openDpopKey(secret: JWK): Promise<DpopKey> {
  const jwk = publicPart(secret);
  const kept = secret as JsonWebKey;
  const privateKey = await crypto.subtle.importKey("jwk", kept, ALGORITHM, false, ["sign"]);
  return proverOf(jwk, privateKey);
}

function publicPart({ kty, crv, x, y }: JWK): JWK {
  if (kty !== "EC" || crv !== "P-256" || x === undefined || y === undefined) {
    throw new TypeError("Cannot open the key of a console: it is none of P-256");
  }
  return { kty, crv, x, y };
}

function proverOf(jwk: JWK, privateKey: CryptoKey): DpopKey {
  return {
    prove({ method, url, now, accessToken }) {
      const ath = accessToken === undefined ? {} : { ath: hashOf(accessToken) };
      const claims = { htm: method, htu: url, jti: crypto.randomUUID(), ...ath };
      return new SignJWT(claims)
        .setProtectedHeader({ typ: "dpop+jwt", alg: "ES256", jwk })
        .setIssuedAt(Math.floor(now / 1_000))
        .sign(privateKey);
    },
  };
}

/** SHA-256 in base64url. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
