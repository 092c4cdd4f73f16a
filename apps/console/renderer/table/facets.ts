/**
 * What a list is made of: how often each value is met in its newest rows.
 *
 * @module
 */

import type { QueryField } from "../query/query_fields.ts";

/** A value, and how often it was met. */
export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** Counts of one kind; choosing a value of it asks for those alone. */
export interface Facet {
  readonly field: QueryField;
  readonly label: string;
  readonly values: readonly FacetValue[];
}

/** All that was counted. */
export interface Facets {
  readonly counted: number;
  /** Whether there are older rows that were not counted. */
  readonly more: boolean;
  readonly facets: readonly Facet[];
}

/** What asks for them. */
export type FetchFacets = (query: string) => Promise<Facets>;

/** Names what was counted, each by the field that asks for it. */
export function facetsOf(
  found: Pick<Facets, "counted" | "more"> &
    Readonly<Partial<Record<QueryField, readonly FacetValue[]>>>,
  labels: Readonly<Partial<Record<QueryField, string>>>,
): Facets {
  const fields = Object.keys(labels) as QueryField[];
  return {
    counted: found.counted,
    more: found.more,
    facets: fields.map((field) => ({
      field,
      label: labels[field] ?? field,
      values: found[field] ?? [],
    })),
  };
}
