/**
 * What is sent as a client's secret: the secret itself, or, where it is a signing key as Apple wants one,
 * a token that the key has just signed.
 *
 * Apple takes no fixed secret but a JWT that ends within six months. The key does not end, so the key is
 * what is kept, in one line, `apple:<team id>:<key id>:<the key>`, and each call gets a token of its own
 * that is good for minutes.
 *
 * @see Apple Developer Documentation, "Creating a client secret"; RFC 7523, section 3
 * @module
 */

import type { Provider } from "@postern/auth";
import type { Clock } from "@postern/std";
import { importPKCS8, SignJWT } from "jose";
import { SIGNED_SECRET_S } from "./limits.ts";

/** Team and key have ten letters and digits each; the key is PKCS #8 in base64. */
const SIGNING_KEY = /^apple:([A-Z0-9]{10}):([A-Z0-9]{10}):([A-Za-z0-9+/]+={0,2})$/;

/**
 * Finds what to send.
 *
 * @returns `undefined` where the secret is a signing key by its form, and none that signs ES256.
 */
export async function secretToSend(
  clock: Clock,
  { clientId, issuer }: Pick<Provider, "clientId" | "issuer">,
  secret: string,
): Promise<string | undefined> {
  const parts = SIGNING_KEY.exec(secret);
  if (parts === null) return secret;
  const [, team = "", keyId = "", key = ""] = parts;
  const signingKey = await importKey(key);
  if (signingKey === undefined) return undefined;
  const now = Math.floor(clock.now() / 1_000);
  return await new SignJWT()
    .setProtectedHeader({ alg: "ES256", kid: keyId })
    .setIssuer(team)
    .setSubject(clientId)
    .setAudience(issuer)
    .setIssuedAt(now)
    .setExpirationTime(now + SIGNED_SECRET_S)
    .sign(signingKey);
}

async function importKey(key: string): Promise<CryptoKey | undefined> {
  try {
    return await importPKCS8(
      `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----`,
      "ES256",
    );
  } catch {
    return undefined;
  }
}
