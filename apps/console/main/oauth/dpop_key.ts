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
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from "jose";

/** On P-256: every version of Electron's cryptography has it. */
const ALGORITHM = "ES256";

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
  const pair = await generateKeyPair(ALGORITHM, { extractable: isKept });
  if (!isKept) {
    const jwk = publicPart(await exportJWK(pair.publicKey));
    return { key: proverOf(jwk, pair.privateKey), secret: null };
  }
  const secret = await exportJWK(pair.privateKey);
  return { key: await openDpopKey(secret), secret };
}

/** Opens a key that was kept. Throws where it is none. */
export async function openDpopKey(secret: JWK): Promise<DpopKey> {
  const jwk = publicPart(secret);
  const privateKey = await importJWK(secret, ALGORITHM, { extractable: false });
  return proverOf(jwk, privateKey);
}

function publicPart({ kty, crv, x, y }: JWK): JWK {
  if (kty !== "EC" || crv !== "P-256" || x === undefined || y === undefined) {
    throw new TypeError("Cannot open the key of a console: it is none of P-256");
  }
  return { kty, crv, x, y };
}

function proverOf(jwk: JWK, privateKey: Parameters<SignJWT["sign"]>[0]): DpopKey {
  return {
    prove({ method, url, now, accessToken }) {
      const ath = accessToken === undefined ? {} : { ath: hashOf(accessToken) };
      const claims = { htm: method, htu: url, jti: crypto.randomUUID(), ...ath };
      return new SignJWT(claims)
        .setProtectedHeader({ typ: "dpop+jwt", alg: ALGORITHM, jwk })
        .setIssuedAt(Math.floor(now / 1_000))
        .sign(privateKey);
    },
  };
}

/** SHA-256 in base64url. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
