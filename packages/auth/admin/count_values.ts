/**
 * What the newest items of a list are made of: how often each value is met in them.
 *
 * @module
 */

import { after, type EpochMs, ok, type Result, seconds } from "@postern/std";
import type { Page, PageRequest } from "../page.ts";
import type { HasClock } from "../ports.ts";
import type { QueryError } from "./query.ts";

/** Most items that are counted. */
const COUNTED_MAX = 5_000;

/** Items in one reading. */
const PAGE = 500;

/** Most readings: a page of a query that finds little takes a long walk. */
const READINGS_MAX = 10;

/** How long it goes on to read, milliseconds: whoever waits looks at a list meanwhile. */
const READ_MAX_MS = seconds(0.5);

/** Values of each kind that are given, the most frequent. */
const VALUES_MAX = 20;

/** A value, and how often it was met. */
export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** Counts of a list's newest items. */
export interface Facets<Name extends string> {
  readonly counted: number;
  /** Whether there are older ones that were not counted. */
  readonly more: boolean;
  /** Of each kind the most frequent values, those first. */
  readonly values: Readonly<Record<Name, readonly FacetValue[]>>;
}

/** Reads a page of the list. */
export type SearchPage<T> = (page: PageRequest) => Promise<Result<Page<T>, QueryError>>;

/** The value of each kind that an item has; null where it has none. */
export type ReadValues<T, Name extends string> = Readonly<Record<Name, (item: T) => string | null>>;

/** Counts. */
export async function countValues<T, Name extends string>(
  { clock }: HasClock,
  search: SearchPage<T>,
  kinds: ReadValues<T, Name>,
): Promise<Result<Facets<Name>, QueryError>> {
  const until: EpochMs = after(clock.now(), READ_MAX_MS);
  const names = Object.keys(kinds) as Name[];
  const counts = new Map(names.map((name) => [name, new Map<string, number>()]));
  let counted = 0;
  let next: string | undefined;
  for (let read = 0; read < READINGS_MAX && counted < COUNTED_MAX; read += 1) {
    const page = await search({ limit: PAGE, after: next });
    if (!page.ok) return page;
    counted += page.value.items.length;
    for (const item of page.value.items) {
      for (const [name, known] of counts) add(known, kinds[name](item));
    }
    next = page.value.next ?? undefined;
    if (next === undefined || clock.now() >= until) break;
  }
  const values = [...counts].map(([name, known]) => [name, mostOf(known)] as const);
  return ok({
    counted,
    more: next !== undefined,
    values: Object.fromEntries(values) as Record<Name, readonly FacetValue[]>,
  });
}

function add(counts: Map<string, number>, value: string | null): void {
  if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
}

function mostOf(counts: ReadonlyMap<string, number>): readonly FacetValue[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
    .slice(0, VALUES_MAX);
}
