/**
 * Who somebody is, by the claims of an OpenID provider.
 *
 * @see OpenID Connect Core 1.0, sections 5.1, 5.3.2 and 5.7
 * @module
 */

import type { Provider, ProviderAccount } from "@postern/auth";
import { emailIn, nameIn, pictureIn } from "./_claims.ts";
import type { Quirks } from "./presets.ts";

/** Claims, of an id token or of a userinfo answer. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * Puts an account together. The address, and whether it is verified, are of one and the same source.
 *
 * @param issuer What the account is known by, with its subject: the provider's, however it named itself.
 */
export function accountOf(
  { issuer }: Pick<Provider, "issuer">,
  claims: Claims & { readonly sub: string },
  quirks: Quirks,
): ProviderAccount {
  const email = emailIn(claims["email"]);
  return {
    issuer,
    subject: claims.sub,
    email,
    isEmailVerified: email !== null && isVerified(claims, quirks),
    name: nameIn(claims["name"]) ?? nameIn(claims["nickname"]),
    picture: pictureIn(claims["picture"]),
    login: nameIn(claims["preferred_username"]),
  };
}

function isVerified(claims: Claims, { verifiedClaim }: Quirks): boolean {
  if (isTrue(claims["email_verified"])) return true;
  if (verifiedClaim === null) return false;
  const claim = claims[verifiedClaim];
  // Microsoft writes its own as a number, too, and that as text.
  return isTrue(claim) || claim === 1 || claim === "1";
}

/** Apple and some others write it as text. Nothing else that looks like it counts. */
function isTrue(claim: unknown): boolean {
  return claim === true || claim === "true";
}
