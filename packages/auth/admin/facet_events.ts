/**
 * What the events of a query are made of: counts by action, user and address, over the newest of them.
 *
 * @module
 */

import { ok, type Result } from "@postern/std";
import type { AuditEvent } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import type { QueryError } from "./query.ts";
import { searchEvents } from "./search.ts";

/** Most events that are counted. */
const COUNTED_MAX = 5_000;

/** Events in one reading. */
const PAGE = 500;

/** Most readings: a page of a query that finds little takes a long walk. */
const READINGS_MAX = 10;

/** Values of each kind that are given, the most frequent. */
const VALUES_MAX = 20;

/** A value, and how often it was met. */
export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** Counts of events. */
export interface EventFacets {
  readonly counted: number;
  /** Whether there are older ones that were not counted. */
  readonly more: boolean;
  readonly actions: readonly FacetValue[];
  /** By username. */
  readonly users: readonly FacetValue[];
  readonly addresses: readonly FacetValue[];
}

/** Counts the newest events that a query finds. */
export async function facetEvents(
  deps: HasClock & HasStore,
  query: string,
): Promise<Result<EventFacets, QueryError>> {
  const counts = { actions: new Map(), users: new Map(), addresses: new Map() };
  let counted = 0;
  let after: string | undefined;
  for (let read = 0; read < READINGS_MAX && counted < COUNTED_MAX; read += 1) {
    const page = await searchEvents(deps, { query, limit: PAGE, after });
    if (!page.ok) return page;
    counted += page.value.items.length;
    for (const event of page.value.items) count(counts, event);
    after = page.value.next ?? undefined;
    if (after === undefined) break;
  }
  return ok({
    counted,
    more: after !== undefined,
    actions: mostOf(counts.actions),
    users: mostOf(counts.users),
    addresses: mostOf(counts.addresses),
  });
}

type Counts = Readonly<Record<"actions" | "users" | "addresses", Map<string, number>>>;

function count({ actions, users, addresses }: Counts, event: AuditEvent): void {
  add(actions, event.action);
  add(users, event.username);
  add(addresses, event.ip);
}

function add(counts: Map<string, number>, value: string | null): void {
  if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
}

function mostOf(counts: ReadonlyMap<string, number>): readonly FacetValue[] {
  return [...counts]
    .map(([value, times]) => ({ value, count: times }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
    .slice(0, VALUES_MAX);
}
