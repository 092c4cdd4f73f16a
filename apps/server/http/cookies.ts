/**
 * Reads our cookies, and no others, from the raw `Cookie` header.
 *
 * Values are taken as they stand: nothing is decoded, unquoted or parsed as JSON. Under a prefix
 * the bare names are not ours, so that a cookie planted over http or from a sibling host counts
 * for nothing. One of ours twice is refused: which of the two was planted cannot be told.
 *
 * @see RFC 6265, section 5.4 (the header), section 8.6 (weak integrity)
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import { COOKIES } from "@postern/wire";

/** Names a cookie of ours by what it holds. */
export type CookieKey = keyof typeof COOKIES;

/** Our cookies of one request; `undefined` where it has none, "" where it has an empty one. */
export type Cookies = { readonly [Key in CookieKey]: string | undefined };

/** One of our cookies came twice. */
export interface DuplicateCookie {
  readonly code: "duplicate_cookie";
}

/** Reads the header; `null` where there was none. */
export type CookieReader = (header: string | null) => Result<Cookies, DuplicateCookie>;

const KEYS = Object.keys(COOKIES) as readonly CookieKey[];

const NO_COOKIES: Result<Cookies, DuplicateCookie> = ok({
  access: undefined,
  refresh: undefined,
  session: undefined,
  csrf: undefined,
  browser: undefined,
  visit: undefined,
});

const DUPLICATE: Result<Cookies, DuplicateCookie> = err({ code: "duplicate_cookie" });

interface OurCookie {
  readonly key: CookieKey;
  readonly name: string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const TAB = 0x09;
const SPACE = 0x20;

/** Makes the reader of the names that begin with `prefix`, which may be empty. */
export function createCookieReader(prefix: string): CookieReader {
  const ours = KEYS.map((key) => ({ key, name: `${prefix}${COOKIES[key]}` }));
  return (header) => (header === null ? NO_COOKIES : readCookies(header, ours));
}

function readCookies(header: string, ours: readonly OurCookie[]): Result<Cookies, DuplicateCookie> {
  const found: { [Key in CookieKey]: string | undefined } = {
    access: undefined,
    refresh: undefined,
    session: undefined,
    csrf: undefined,
    browser: undefined,
    visit: undefined,
  };
  let equals = -1;
  let end = -1;
  while (end < header.length) {
    const start = skipBlanks(header, end + 1);
    // Looked for only once past the last one: many pairs without a value stay linear.
    if (equals < start) equals = header.indexOf("=", start);
    if (equals < 0) break;
    end = endOfPair(header, start);
    const key = equals < end ? keyAt(header, { start, end: equals }, ours) : undefined;
    if (key === undefined) continue;
    if (found[key] !== undefined) return DUPLICATE;
    found[key] = header.slice(equals + 1, end);
  }
  return ok(found);
}

function keyAt(header: string, at: Span, ours: readonly OurCookie[]): CookieKey | undefined {
  const length = at.end - at.start;
  for (const { key, name } of ours) {
    if (name.length === length && header.startsWith(name, at.start)) return key;
  }
  return undefined;
}

function endOfPair(header: string, start: number): number {
  const semicolon = header.indexOf(";", start);
  return semicolon < 0 ? header.length : semicolon;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at += 1;
  return at;
}
