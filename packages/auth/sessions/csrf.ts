/**
 * The CSRF token: a MAC over what the browser holds beside it, so that a planted pair is refused.
 *
 * Signed in, it is bound to the session; before, to the random value of the browser's own cookie.
 *
 * @see OWASP Cross-Site Request Forgery Prevention Cheat Sheet, "Signed Double-Submit Cookie"
 * @module
 */

import type { Hmac } from "@postern/std";
import type { EqualTexts } from "../keys/ports.ts";

/** A key of the ring of cookies. */
export interface CookieKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** What makes and checks CSRF tokens. */
export interface CsrfDeps {
  readonly hmac: Hmac;
  readonly equal: EqualTexts;
  /** The current key first, then those that still verify. */
  readonly keys: readonly CookieKey[];
}

/** What a token is bound to: a session, or a browser before it signs in. */
export type CsrfBinding = { readonly session: string } | { readonly browser: string };

/** Makes the token for a binding. The same for as long as the key is current. */
export function csrfToken(deps: CsrfDeps, binding: CsrfBinding): string {
  const key = deps.keys[0];
  if (key === undefined) throw new RangeError("Cannot make a CSRF token: the ring has no key");
  return `${key.id}.${deps.hmac(key.bytes, textOf(binding))}`;
}

/** Tells whether a token was made for this binding by a key that still verifies. */
export function isCsrfToken(deps: CsrfDeps, token: string, binding: CsrfBinding): boolean {
  const dot = token.indexOf(".");
  const key = deps.keys.find((candidate) => candidate.id === token.slice(0, dot));
  if (dot < 0 || key === undefined) return false;
  return deps.equal(token.slice(dot + 1), deps.hmac(key.bytes, textOf(binding)));
}

function textOf(binding: CsrfBinding): string {
  return "session" in binding
    ? `csrf:session:${binding.session}`
    : `csrf:browser:${binding.browser}`;
}
