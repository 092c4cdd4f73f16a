/**
 * The text of a query box: the part under the caret, and terms put in and taken out.
 *
 * @module
 */

import type { QueryField } from "./query_fields.ts";

/** The part of the text that the caret stands in. */
export interface Part {
  readonly start: number;
  readonly end: number;
  /** Null where it is a word, or the name is still being typed. */
  readonly field: string | null;
  /** What is typed so far: the value, or the word. */
  readonly typed: string;
}

/** A term, such as one that a cell stands for. */
export interface Term {
  readonly field: QueryField;
  readonly value: string;
}

const PARTS = /[a-z_]+:(?:"[^"]*"?|\S*)|"[^"]*"?|\S+/gi;

/** Finds the part that a caret stands in, or right behind; an empty one where it stands among blanks. */
export function partAt(text: string, caret: number): Part {
  for (const match of text.matchAll(PARTS)) {
    const start = match.index;
    const end = start + match[0].length;
    if (caret < start || caret > end) continue;
    const colon = match[0].indexOf(":");
    const isTerm = colon > 0 && !match[0].startsWith('"') && start + colon < caret;
    const field = isTerm ? match[0].slice(0, colon).toLowerCase() : null;
    const from = isTerm ? start + colon + 1 : start;
    return { start, end, field, typed: text.slice(from, caret).replaceAll('"', "") };
  }
  return { start: caret, end: caret, field: null, typed: "" };
}

/** Writes a term as the server reads it: quoted where it has blanks. */
export function termText({ field, value }: Term): string {
  const clean = value.replaceAll('"', "");
  return /\s/.test(clean) || clean === "" ? `${field}:"${clean}"` : `${field}:${clean}`;
}

/** Puts a term into a query, in the place of one with the same field. */
export function withTerm(text: string, term: Term): string {
  return `${withoutField(text, term.field)} ${termText(term)}`.trim();
}

/** Takes the terms of a field out of a query. */
export function withoutField(text: string, field: QueryField): string {
  return partsOf(text)
    .filter((part) => !part.toLowerCase().startsWith(`${field}:`))
    .join(" ");
}

/** The value that a query asks for of a field; null where it asks for none. */
export function termIn(text: string, field: QueryField): string | null {
  const part = partsOf(text).find((one) => one.toLowerCase().startsWith(`${field}:`));
  return part === undefined ? null : part.slice(field.length + 1).replaceAll('"', "");
}

/** Tells whether each term has a value, so that asking makes sense while somebody types. */
export function isWhole(text: string): boolean {
  return partsOf(text).every((part) => !(/^[a-z_]+:"?$/i.test(part) || hasOpenQuote(part)));
}

/** Puts a part in the place of another. Answers the new text, and where its caret stands. */
export function replacePart(
  text: string,
  { start, end }: Part,
  written: string,
): { readonly text: string; readonly caret: number } {
  const rest = text.slice(end).trimStart();
  const isOpen = written.endsWith(":");
  const gap = isOpen && rest === "" ? "" : " ";
  return {
    text: `${text.slice(0, start)}${written}${gap}${rest}`,
    caret: start + written.length + (isOpen ? 0 : 1),
  };
}

function partsOf(text: string): readonly string[] {
  return text.match(PARTS) ?? [];
}

function hasOpenQuote(part: string): boolean {
  return (part.match(/"/g)?.length ?? 0) % 2 === 1;
}
