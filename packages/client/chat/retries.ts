/**
 * Tries again after a while, and after a longer one each time that it fails.
 *
 * @module
 */

import { backoffMs } from "./backoff.ts";
import type { ChatOptions } from "./chat_types.ts";

/** The try that is to come. */
export interface NextTry {
  /** How many have failed in a row. */
  readonly attempt: number;
  readonly waitMs: number;
}

/** One thing that is tried until it works. */
export interface Retries {
  /**
   * Has it tried again later.
   *
   * @param leastMs Shortest wait, milliseconds.
   */
  schedule(leastMs: number): NextTry;
  /** Forgets the failures, since it worked. */
  reset(): void;
  /** Calls off the try that is to come. */
  callOff(): void;
}

/** Makes it. */
export function createRetries(
  { timers, random }: Pick<ChatOptions, "timers" | "random">,
  attempt: () => void,
): Retries {
  let failures = 0;
  let callOff: () => void = () => undefined;
  return {
    schedule(leastMs) {
      callOff();
      const waitMs = leastMs + backoffMs(failures, random());
      callOff = timers.after(waitMs, attempt);
      failures += 1;
      return { attempt: failures, waitMs };
    },
    reset() {
      failures = 0;
    },
    callOff: () => callOff(),
  };
}
