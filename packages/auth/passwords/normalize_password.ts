/**
 * The one thing that is done to a password before it is hashed.
 *
 * @see RFC 8265, section 4.2 (OpaqueString), of which only the normalization is taken
 * @module
 */

import { toNfc } from "@postern/std";
import { PASSWORD_MAX_CODE_POINTS } from "./limits.ts";

/**
 * Brings a password into Unicode's Normalization Form C, so that the same characters typed on two
 * keyboards are the same password. Nothing else is changed: no trimming, no case, no width. One that
 * is too long in any form stays as it is.
 */
export function normalizePassword(password: string): string {
  return toNfc(password, PASSWORD_MAX_CODE_POINTS);
}
