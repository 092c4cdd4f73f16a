/**
 * Time as integer milliseconds, and the port that tells it.
 *
 * Nothing here reads a clock: whoever needs the time is handed one.
 *
 * @module
 */

declare const epoch: unique symbol;

/** A moment, in milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number & { readonly [epoch]: true };

/** Tells the time. The only way for pure code to learn it. */
export interface Clock {
  /** Current time. */
  now(): EpochMs;
}

/** Marks a number as a moment. The number must be whole. */
export function epochMs(value: number): EpochMs {
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`Cannot take ${value} as a time: need whole milliseconds`);
  }
  return value as EpochMs;
}

/** The moment `ms` milliseconds after `at`. */
export function after(at: EpochMs, ms: number): EpochMs {
  return epochMs(at + ms);
}

/** The moment `ms` milliseconds before `at`. */
export function before(at: EpochMs, ms: number): EpochMs {
  return epochMs(at - ms);
}

/** Milliseconds in `n` seconds. */
export function seconds(n: number): number {
  return n * 1_000;
}

/** Milliseconds in `n` minutes. */
export function minutes(n: number): number {
  return n * 60_000;
}

/** Milliseconds in `n` hours. */
export function hours(n: number): number {
  return n * 3_600_000;
}

/** Milliseconds in `n` days of 24 hours. */
export function days(n: number): number {
  return n * 86_400_000;
}
