/**
 * How long things took, by kind: counted in buckets that are 5 % wide, so that half an hour of traffic
 * needs no more memory than a minute of it.
 *
 * @module
 */

/** What is told of one kind. Milliseconds, exact to 5 %; 0 where there was none. */
export interface Latencies {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Each bucket ends so much above the one before. */
const STEP = 1.05;

/** Where the first bucket ends, milliseconds. */
const FIRST_MS = 0.05;

const MEDIAN = 0.5;
const TAIL = 0.99;

interface Counts {
  readonly buckets: number[];
  count: number;
  max: number;
}

/** Counts how long things took. */
export class LatencyBook {
  readonly #kinds = new Map<string, Counts>();

  /** Counts one. */
  note(kind: string, ms: number): void {
    const counts = this.#kinds.get(kind) ?? { buckets: [], count: 0, max: 0 };
    this.#kinds.set(kind, counts);
    const bucket = Math.max(0, Math.ceil(Math.log(ms / FIRST_MS) / Math.log(STEP)));
    counts.buckets[bucket] = (counts.buckets[bucket] ?? 0) + 1;
    counts.count += 1;
    counts.max = Math.max(counts.max, ms);
  }

  /** What there is of a kind. */
  read(kind: string): Latencies {
    const { buckets, count, max } = this.#kinds.get(kind) ?? { buckets: [], count: 0, max: 0 };
    const at = (share: number) => Math.min(max, quantile(buckets, Math.ceil(share * count)));
    return { count, p50: at(MEDIAN), p99: at(TAIL), max };
  }
}

function quantile(buckets: readonly (number | undefined)[], rank: number): number {
  let seen = 0;
  for (const [bucket, count = 0] of buckets.entries()) {
    seen += count;
    if (seen >= rank && count > 0) return FIRST_MS * STEP ** bucket;
  }
  return 0;
}
