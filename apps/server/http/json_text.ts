/**
 * Parses JSON that a stranger wrote.
 *
 * Beside what `JSON.parse` refuses: nesting deeper than is ever needed, and an object that names a
 * key twice, which two readers may understand differently. One walk over the text, no recursion.
 *
 * @see RFC 8259, section 4 (names should be unique), section 9 (limits on depth)
 * @module
 */

import { err, ok, type Result } from "@postern/std";

/** The text is not acceptable JSON. */
export interface InvalidJson {
  readonly code: "invalid_json";
}

/** Deepest nesting of arrays and objects. Nothing that we take is deeper than 3. */
export const JSON_MAX_DEPTH = 32;

const INVALID: Result<never, InvalidJson> = err({ code: "invalid_json" });

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Parses a text. A byte order mark in front is refused. */
export function parseJsonText(text: string): Result<unknown, InvalidJson> {
  try {
    return isShallowWithUniqueKeys(text) ? ok(JSON.parse(text)) : INVALID;
  } catch {
    return INVALID;
  }
}

/**
 * Tells whether depth and keys are acceptable. Right for every well-formed text; of any other it
 * only promises to end, without an answer that counts.
 */
function isShallowWithUniqueKeys(text: string): boolean {
  const open: Set<string>[] = [];
  let at = 0;
  while (at < text.length) {
    switch (text.charCodeAt(at)) {
      case OPEN_BRACE:
      case OPEN_BRACKET:
        if (open.length === JSON_MAX_DEPTH) return false;
        open.push(new Set());
        at += 1;
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        open.pop();
        at += 1;
        break;
      case QUOTE: {
        const end = endOfString(text, at);
        if (end < 0) return false;
        const next = skipWhitespace(text, end);
        if (text.charCodeAt(next) === COLON && !addKey(open.at(-1), text.slice(at, end))) {
          return false;
        }
        at = next;
        break;
      }
      default:
        at += 1;
    }
  }
  return true;
}

/** Notes a key, given with its quotes, under the innermost object; `false` where it is there already. */
function addKey(keys: Set<string> | undefined, quoted: string): boolean {
  if (keys === undefined) return false;
  const key = quoted.includes("\\") ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
  if (keys.has(key)) return false;
  keys.add(key);
  return true;
}

/** Where the string that begins at `start` is over; -1 where it is not closed. */
function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (quote >= 0 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  return quote < 0 ? -1 : quote + 1;
}

/** Tells whether an odd number of backslashes stands in front. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 0;
}

function skipWhitespace(text: string, from: number): number {
  let at = from;
  while (isWhitespace(text.charCodeAt(at))) at += 1;
  return at;
}

function isWhitespace(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB;
}
