/**
 * How long to wait before another try.
 *
 * Pure: randomness is handed in.
 *
 * @module
 */

/** Longest wait before the first try again. Small, since a restart takes about as long. */
const BACKOFF_FIRST_MS = 500;

/** Longest wait at all. */
const BACKOFF_MAX_MS = 30_000;

/** Doublings after which the longest wait is reached in any case. */
const DOUBLINGS_MAX = 6;

/**
 * Draws a wait, so that the clients of a server that restarted do not all come at once.
 *
 * @param attempt How many tries have failed in a row, from 0.
 * @param fraction A random number, from 0 up to but not including 1.
 * @returns Milliseconds, between half of the attempt's longest wait and all of it.
 */
export function backoffMs(attempt: number, fraction: number): number {
  const longest = Math.min(
    BACKOFF_FIRST_MS * 2 ** Math.min(attempt, DOUBLINGS_MAX),
    BACKOFF_MAX_MS,
  );
  return Math.round((longest / 2) * (1 + fraction));
}
