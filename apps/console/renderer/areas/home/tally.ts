/**
 * How often each value comes.
 *
 * @module
 */

/** A value, and how often it came. */
export interface Tally {
  readonly value: string;
  readonly count: number;
}

/** Counts values, the commonest first; those that are null count for nobody. */
export function tallyOf(values: readonly (string | null)[], most: number): readonly Tally[] {
  const known = values.filter((value) => value !== null);
  return [...Map.groupBy(known, (value) => value)]
    .map(([value, all]) => ({ value, count: all.length }))
    .toSorted((one, other) => other.count - one.count)
    .slice(0, most);
}
