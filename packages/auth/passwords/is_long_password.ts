/**
 * Whether a password is long enough for an administrator without a second factor.
 *
 * @module
 */

import { ADMIN_PASSWORD_MIN_LENGTH } from "./limits.ts";
import { normalizePassword } from "./normalize_password.ts";

/** Counts code points, of the form that is hashed. */
export function isLongPassword(password: string): boolean {
  let count = 0;
  for (const _ of normalizePassword(password)) {
    count += 1;
    if (count >= ADMIN_PASSWORD_MIN_LENGTH) return true;
  }
  return false;
}

/**
 * What is kept of a password's length: for administrators alone, since of anybody else it would only tell
 * a thief of the database whose passwords to try first.
 */
export function lengthToKeep(role: string | null, password: string): boolean | null {
  return role === null ? null : isLongPassword(password);
}
