/**
 * A console's key, and the proofs that it makes.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from "jose";

/** What a proof says. What is not given is right. */
export interface ProofClaims {
  readonly htm?: string;
  readonly htu: string;
  /** Seconds since the epoch. */
  readonly iat: number;
  readonly jti?: string;
  /** The token beside it. */
  readonly token?: string;
}

/** A key. */
export interface ConsoleKey {
  readonly thumbprint: string;
  prove(claims: ProofClaims): Promise<string>;
}

/** Makes a key. */
export async function makeConsoleKey(): Promise<ConsoleKey> {
  const { publicKey, privateKey } = await generateKeyPair("EdDSA", { extractable: true });
  const jwk = await exportJWK(publicKey);
  return {
    thumbprint: await calculateJwkThumbprint(jwk),
    prove({ token, ...claims }) {
      const ath = token === undefined ? {} : { ath: hashOf(token) };
      const all = { htm: "POST", jti: crypto.randomUUID(), ...claims, ...ath };
      return new SignJWT(all)
        .setProtectedHeader({ typ: "dpop+jwt", alg: "EdDSA", jwk })
        .sign(privateKey);
    },
  };
}

/** SHA-256 in base64url: of a token for `ath`, of a verifier for its challenge. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
