/**
 * The list of common passwords, and the look-up in it.
 *
 * 1.4 MB of text: for the server. A page asks the server instead of carrying it. Only passwords of
 * 12 characters or more are on it, since no shorter one is accepted anyway; where they come from,
 * and under which licence, is at its top.
 *
 * @module
 */

import file from "./common_passwords.txt" with { type: "text" };

/** Passwords in code point order, with a line feed before and after each. */
const LIST: string = file.slice(file.indexOf("\n\n") + 1);

/**
 * Tells whether a password is on the list. The whole of it is compared, not parts.
 *
 * @param lowered In NFC and lower case.
 */
export function isCommonPassword(lowered: string): boolean {
  let low = 0;
  let high = LIST.length - 1;
  while (low < high) {
    const start = LIST.lastIndexOf("\n", low + Math.floor((high - low - 1) / 2));
    const end = LIST.indexOf("\n", start + 1);
    const entry = LIST.slice(start + 1, end);
    if (entry === lowered) return true;
    if (entry < lowered) low = end;
    else high = start;
  }
  return false;
}
