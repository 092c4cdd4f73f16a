/**
 * What a message may be.
 *
 * @module
 */

import { MESSAGE_MAX_LENGTH } from "@postern/wire";

/**
 * Tells whether a text may be a message: well-formed, and 1 to 4000 code points.
 */
export function isMessageText(text: string): boolean {
  if (text.length === 0 || text.length > 2 * MESSAGE_MAX_LENGTH) return false;
  return text.isWellFormed() && [...text].length <= MESSAGE_MAX_LENGTH;
}
