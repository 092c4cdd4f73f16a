/**
 * The server's time, as far as its answers tell it: a proof made by a clock that is wrong is refused.
 *
 * @module
 */

/** Differences below this are the way's, or the second's that `Date` is rounded to. */
const DIFFERENCE_MIN_MS = 5_000;

/** Tells the server's time. */
export interface ServerClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Learns from an answer. */
  note(response: Pick<Response, "headers">): void;
}

/** Begins with this machine's own time. */
export function createServerClock(own: () => number = Date.now): ServerClock {
  let differenceMs = 0;
  return {
    now: () => own() + differenceMs,
    note({ headers }) {
      const at = Date.parse(headers.get("date") ?? "");
      if (Number.isNaN(at)) return;
      const found = at - own();
      differenceMs = Math.abs(found) < DIFFERENCE_MIN_MS ? 0 : found;
    },
  };
}
