/**
 * The few statistics that the figures need.
 *
 * @module
 */

/** The middle of some numbers; between two middle ones, their mean. Throws where there are none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) {
    throw new RangeError("Cannot take a median: there are no numbers");
  }
  return (lower + upper) / 2;
}

/**
 * The least number that a share of all does not exceed, by nearest rank.
 *
 * @param share Above 0, at most 1: 0.99 for the ninety-ninth percentile.
 */
export function quantile(numbers: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(numbers).sort();
  const found = sorted[Math.ceil(share * sorted.length) - 1];
  if (found === undefined) {
    throw new RangeError(`Cannot take quantile ${share} of ${sorted.length} numbers`);
  }
  return found;
}

/** The least and the greatest. */
export interface Spread {
  readonly least: number;
  readonly greatest: number;
}

/** How far apart the rounds were. */
export function spreadOf(numbers: readonly number[]): Spread {
  if (numbers.length === 0) throw new RangeError("Cannot tell a spread: there are no numbers");
  return { least: Math.min(...numbers), greatest: Math.max(...numbers) };
}
