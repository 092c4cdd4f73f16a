/**
 * Pages of lists, by key: how a cursor is written, read, and a page cut.
 *
 * @module
 */

import type { Page, PageRequest } from "@postern/auth";
import { decodeBase64Url, encodeBase64Url } from "@postern/std";
import type { Cell } from "./_json_rows.ts";

/** Most items of a page, whatever is asked for. */
const PAGE_MAX = 1_000;

/** A key that stands before every other: the first page follows it. */
export type Cursor = readonly Cell[];

/** What there is after a key that is none of the list's. */
export const NO_PAGE: Page<never> = { items: [], next: null, isBadCursor: true };

/** How many rows to ask for: one more than the page has, to learn whether another follows. */
export function rowsFor(page: PageRequest): number {
  return sizeOf(page) + 1;
}

/** Cuts a page from the rows that were found. */
export function pageOf<T>(
  found: readonly T[],
  page: PageRequest,
  keyOf: (item: T) => Cursor,
): Page<T> {
  const items = found.slice(0, sizeOf(page));
  const last = items.at(-1);
  const more = found.length > items.length && last !== undefined;
  return { items, next: more ? writeCursor(keyOf(last)) : null };
}

/**
 * Reads the key after which a page begins.
 *
 * @param first What stands before the first page; its cells tell of which types a key is.
 * @returns `undefined` for a text that is not such a key.
 */
export function readCursor<const Key extends Cursor>(
  page: PageRequest,
  first: Key,
): { readonly [Index in keyof Key]: Key[Index] extends number ? number : string } | undefined {
  if (page.after === undefined) return first as never;
  const bytes = decodeBase64Url(page.after);
  if (bytes === undefined) return undefined;
  const key = parse(new TextDecoder().decode(bytes));
  if (!Array.isArray(key) || key.length !== first.length) return undefined;
  const fits = first.every((cell, index) => isLike(cell, key[index]));
  return fits ? (key as never) : undefined;
}

function writeCursor(key: Cursor): string {
  return encodeBase64Url(new TextEncoder().encode(JSON.stringify(key)));
}

function sizeOf(page: PageRequest): number {
  return Math.min(Math.max(Math.trunc(page.limit), 1), PAGE_MAX);
}

function isLike(cell: Cell, value: unknown): boolean {
  return typeof cell === "number" ? Number.isSafeInteger(value) : typeof value === typeof cell;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
