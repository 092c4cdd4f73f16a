/**
 * Finds the addresses in a text that may be made into links.
 *
 * Only http and https, and only what `URL` reads: nothing that runs script, and no HTML anywhere.
 *
 * @module
 */

/** A piece of text; `href` is set where it is an address. */
export interface TextPart {
  /** Where it begins in the whole text. */
  readonly at: number;
  readonly text: string;
  readonly href?: string;
}

const CANDIDATE = /https?:\/\/[^\s<>"'`]+/gi;

/** Signs that end a sentence rather than an address. */
const TRAILING = /[.,;:!?)\]}]+$/;

/** Splits a text; the pieces joined are the text. */
export function splitLinks(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const address = match[0].replace(TRAILING, "");
    const url = URL.parse(address);
    if (url === null || !(url.protocol === "http:" || url.protocol === "https:")) continue;
    if (match.index > from) parts.push({ at: from, text: text.slice(from, match.index) });
    parts.push({ at: match.index, text: address, href: url.href });
    from = match.index + address.length;
  }
  if (from < text.length) parts.push({ at: from, text: text.slice(from) });
  return parts;
}
