/**
 * Whether a password is close to what is known of its owner.
 *
 * Two measures: how much of the password and of a text about the owner is common, in the same
 * order (as Django's UserAttributeSimilarityValidator measures it, for the whole text and for each
 * of its parts), and how much of the password is made of such parts, in any order and any number.
 * Compared without case, accents and compatibility forms: `josemuller` is close to `José Müller`.
 *
 * The cost is bounded: every text is cut at the length of the longest password, parts that differ
 * too much in length are not compared, and the parts of a text are no longer together than it is.
 *
 * @module
 */

import {
  ATTRIBUTE_PART_MIN_CODE_POINTS,
  ATTRIBUTE_SHARE,
  PASSWORD_MAX_CODE_POINTS,
  SIMILAR_FROM_RATIO,
} from "./limits.ts";

/** What is known of the owner of a password. */
export interface AboutUser {
  readonly username?: string | undefined;
  readonly email?: string | undefined;
  readonly name?: string | null | undefined;
}

type CodePoints = readonly string[];

const MARKS = /\p{M}+/gu;
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u;

/** No more UTF-16 units than this of a text are looked at, since some unfold to many characters. */
const READ_UNITS = 4 * PASSWORD_MAX_CODE_POINTS;

/** Tells whether a password is close to the username, the email, the name, or to all of them together. */
export function resemblesUser(password: string, about: AboutUser): boolean {
  const folded = fold(password);
  if (folded.length === 0) return false;
  const { username = "", email = "" } = about;
  const parts = [username, about.name ?? ""].flatMap(wordsOf).concat(emailPartsOf(email));
  if (shareMadeOf(folded, parts) > ATTRIBUTE_SHARE) return true;
  return parts.some((part) => commonRatio(folded, part) >= SIMILAR_FROM_RATIO);
}

/** The whole text and each of its words. */
function wordsOf(text: string): CodePoints[] {
  const folded = fold(text);
  const words = folded.join("").split(BETWEEN_WORDS);
  return [folded, ...words.map((word) => Array.from(word))];
}

/** The whole address, its two sides, and their words; not the last label, which says little: `com`. */
function emailPartsOf(email: string): CodePoints[] {
  const at = email.lastIndexOf("@");
  if (at < 0) return wordsOf(email);
  const domain = email.slice(at + 1);
  const labels = domain.includes(".") ? domain.slice(0, domain.lastIndexOf(".")) : domain;
  return [fold(email), fold(domain), ...wordsOf(email.slice(0, at)), ...wordsOf(labels)];
}

function fold(text: string): CodePoints {
  const plain = text.slice(0, READ_UNITS).toLowerCase().normalize("NFKD").replace(MARKS, "");
  return Array.from(plain.slice(0, READ_UNITS)).slice(0, PASSWORD_MAX_CODE_POINTS);
}

/** The share of a password that lies within occurrences of any of the parts. */
function shareMadeOf(password: CodePoints, parts: readonly CodePoints[]): number {
  const isCovered = new Array<boolean>(password.length).fill(false);
  for (const part of parts) {
    if (part.length < ATTRIBUTE_PART_MIN_CODE_POINTS) continue;
    for (let start = 0; start + part.length <= password.length; start += 1) {
      if (part.every((char, offset) => password[start + offset] === char)) {
        isCovered.fill(true, start, start + part.length);
      }
    }
  }
  return isCovered.filter(Boolean).length / password.length;
}

/** Twice the longest common subsequence over the length of both. */
function commonRatio(password: CodePoints, part: CodePoints): number {
  const total = password.length + part.length;
  const most = (2 * Math.min(password.length, part.length)) / total;
  if (most < SIMILAR_FROM_RATIO) return most;
  return (2 * longestCommonSubsequence(password, part)) / total;
}

function longestCommonSubsequence(one: CodePoints, other: CodePoints): number {
  let row = new Uint16Array(other.length + 1);
  let next = new Uint16Array(other.length + 1);
  for (const char of one) {
    for (const [at, match] of other.entries()) {
      const skipped = Math.max(row[at + 1] ?? 0, next[at] ?? 0);
      next[at + 1] = char === match ? (row[at] ?? 0) + 1 : skipped;
    }
    [row, next] = [next, row];
  }
  return row[other.length] ?? 0;
}
