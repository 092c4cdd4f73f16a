/**
 * Signs id tokens, as their issuer would or as an attacker would.
 *
 * @see RFC 7515, RFC 7519
 * @module
 */

import { generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from "jose";

/** By what a token is signed. */
export type SignedBy =
  /** The issuer's own key. */
  | "own"
  /** A key that nobody knows, under the issuer's key id. */
  | "foreign"
  /** HS256, by the client's secret. */
  | "client_secret"
  /** `alg: none`, and no signature. */
  | "none"
  /** The issuer's own key, under a header that names an extension which must be understood. */
  | "critical";

/** Signs claims. */
export type SignIdToken = (claims: JWTPayload, by?: SignedBy) => Promise<string>;

/** Makes a signer that has the issuer's key, and knows the client's secret. */
export async function signerFor(key: JWK, clientSecret: string): Promise<SignIdToken> {
  const own = await importJWK(key, "RS256");
  const { kid } = key;
  const named = kid === undefined ? {} : { kid };
  return async (claims, by = "own") => {
    const jwt = new SignJWT(claims);
    switch (by) {
      case "own":
        return await jwt.setProtectedHeader({ alg: "RS256", ...named }).sign(own);
      case "foreign": {
        const { privateKey } = await generateKeyPair("RS256");
        return await jwt.setProtectedHeader({ alg: "RS256", ...named }).sign(privateKey);
      }
      case "client_secret": {
        const secret = new TextEncoder().encode(clientSecret);
        return await jwt.setProtectedHeader({ alg: "HS256", ...named }).sign(secret);
      }
      case "critical": {
        const extension = "urn:example:unheard-of";
        return await jwt
          .setProtectedHeader({ alg: "RS256", ...named, crit: [extension], [extension]: true })
          .sign(own, { crit: { [extension]: true } });
      }
      case "none":
        return [{ alg: "none", typ: "JWT" }, claims]
          .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
          .concat("")
          .join(".");
    }
  };
}
