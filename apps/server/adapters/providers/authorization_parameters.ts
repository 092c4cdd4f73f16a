/**
 * What an authorization URL holds beside what every one does.
 *
 * @see OpenID Connect Core 1.0, section 11; OAuth 2.0 Form Post Response Mode
 * @module
 */

import type { Provider } from "@postern/auth";
import { quirksOf } from "./presets.ts";

/** Finds what a provider is asked for in its own way. */
export function authorizationParameters({
  kind,
  issuer,
  scopes,
}: Pick<Provider, "kind" | "issuer" | "scopes">): Readonly<Record<string, string>> {
  const { parameters, postsWithScopes } = quirksOf({ kind, issuer });
  const isPosted = postsWithScopes && scopes.some((scope) => scope !== "openid");
  return {
    ...parameters,
    // Asking for offline access takes asking the user.
    ...(scopes.includes("offline_access") ? { prompt: "consent" } : {}),
    ...(isPosted ? { response_mode: "form_post" } : {}),
  };
}
