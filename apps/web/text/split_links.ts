/**
 * Finds addresses in plain text that may be made into links.
 *
 * Only http and https, only what the browser's own parser reads, and none with a name before the
 * host, which would look like another host, nor a host that goes elsewhere than it reads: letters of
 * other scripts look like Latin ones. No HTML is made anywhere: parts are text.
 *
 * @module
 */

/** A stretch of text; `href` is set where it is an address. */
export interface TextPart {
  /** Where it begins in the text. */
  readonly at: number;
  readonly text: string;
  readonly href?: string;
}

/** Signs that turn the direction of text could show an address as another one: they end it. */
const ADDRESS = /https?:\/\/[^\s<>"'`\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gi;

/** Signs that end a sentence rather than an address, and marks around one. */
const STOPS = new Set(".,;:!?*_~");

/** Each closing bracket with its opening one. */
const BRACKETS = [
  [")", "("],
  ["]", "["],
  ["}", "{"],
] as const;

/** Cuts a text into stretches and addresses; the parts joined are the text. */
export function splitLinks(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutEnd(match[0]);
    const href = hrefOf(address);
    if (href === undefined) continue;
    if (match.index > at) parts.push({ at, text: text.slice(at, match.index) });
    parts.push({ at: match.index, text: address, href });
    at = match.index + address.length;
  }
  if (at < text.length) parts.push({ at, text: text.slice(at) });
  return parts;
}

/** Drops what belongs to the sentence; a bracket stays where it was opened within the address. */
function withoutEnd(found: string): string {
  const unopened = new Map<string, number>(
    BRACKETS.map(([close, open]) => [close, countOf(found, close) - countOf(found, open)]),
  );
  let length = found.length;
  while (length > 0) {
    const sign = found.charAt(length - 1);
    const tooMany = unopened.get(sign) ?? 0;
    if (!STOPS.has(sign) && tooMany <= 0) break;
    unopened.set(sign, tooMany - 1);
    length -= 1;
  }
  return found.slice(0, length);
}

function countOf(text: string, sign: string): number {
  return text.split(sign).length - 1;
}

function hrefOf(address: string): string | undefined {
  const url = URL.parse(address);
  const isWeb = url?.protocol === "http:" || url?.protocol === "https:";
  if (!isWeb || url.username !== "" || url.password !== "") return undefined;
  return address.toLowerCase().startsWith(`${url.protocol}//${url.hostname}`)
    ? url.href
    : undefined;
}
