/**
 * Keeps a connection under the server's limit of messages, which would close it.
 *
 * Pure: the time is handed in.
 *
 * @module
 */

/** Messages in a window; the limit's default is 20, less two for those that the network bunches. */
const PACE_COUNT = 18;

/** Length of the window, milliseconds. */
const PACE_WINDOW_MS = 10_000;

/** Counts messages of one connection. */
export interface Pace {
  /** Milliseconds until another message may go; 0 when it may go now. */
  waitMs(now: number): number;
  /** Counts a message. */
  count(now: number): void;
}

/** Makes a count that starts from nothing. */
export function createPace(): Pace {
  let sentAt: number[] = [];
  return {
    waitMs(now) {
      sentAt = sentAt.filter((at) => now - at < PACE_WINDOW_MS);
      const oldest = sentAt[0];
      if (oldest === undefined || sentAt.length < PACE_COUNT) return 0;
      return PACE_WINDOW_MS - (now - oldest);
    },
    count(now) {
      sentAt.push(now);
    },
  };
}
