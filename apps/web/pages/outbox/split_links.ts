/**
 * Finds addresses in plain text.
 *
 * @module
 */

/** A stretch of text, or an address. */
export interface TextPart {
  /** Where it begins in the text. */
  readonly at: number;
  readonly text: string;
  readonly isLink: boolean;
}

const ADDRESS = /https?:\/\/[^\s<>"']+/g;
const TRAILING = /[.,;:!?)]+$/;

/** Cuts a text into stretches and addresses; a full stop after an address is not part of it. */
export function splitLinks(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, "");
    if (match.index > at) parts.push({ at, text: text.slice(at, match.index), isLink: false });
    parts.push({ at: match.index, text: address, isLink: true });
    at = match.index + address.length;
  }
  if (at < text.length) parts.push({ at, text: text.slice(at), isLink: false });
  return parts;
}
