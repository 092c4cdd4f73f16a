/**
 * Reads what providers say of people. What makes no sense is as good as not said.
 *
 * @module
 */

import { EMAIL_MAX_LENGTH, NAME_MAX_LENGTH, PICTURE_MAX_LENGTH } from "./limits.ts";

/** Control characters, and marks that turn the direction of what follows. */
const HIDDEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Reads an address; null where there is none. Whether it can be mailed to is not judged here. */
export function emailIn(claim: unknown): string | null {
  const text = plainText(claim, EMAIL_MAX_LENGTH);
  return text !== null && /^[^\s@]+@[^\s@]+$/.test(text) ? text : null;
}

/** Reads a name; null where there is none. */
export function nameIn(claim: unknown): string | null {
  return plainText(claim, NAME_MAX_LENGTH);
}

/** Reads a picture's address; null where there is none that a page could show. */
export function pictureIn(claim: unknown): string | null {
  const text = plainText(claim, PICTURE_MAX_LENGTH);
  const url = text === null ? null : URL.parse(text);
  const isPlain = url?.protocol === "https:" && url.username === "" && url.password === "";
  return isPlain ? url.href : null;
}

function plainText(claim: unknown, maxLength: number): string | null {
  if (typeof claim !== "string" || claim.length > maxLength) return null;
  const text = claim.trim();
  return text === "" || !text.isWellFormed() || HIDDEN.test(text) ? null : text;
}
