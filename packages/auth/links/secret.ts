/**
 * Random strings that open something: link tokens, session cookies, tickets.
 *
 * @see OWASP Session Management Cheat Sheet (at least 64 bits of entropy; ours have 256)
 * @module
 */

import { encodeBase64Url, type Random } from "@postern/std";

/** Length of a secret, bytes of randomness. */
const SECRET_BYTES = 32;

/** Makes a secret of 256 random bits, in base64url. */
export function newSecret(random: Random): string {
  return encodeBase64Url(random.bytes(SECRET_BYTES));
}
