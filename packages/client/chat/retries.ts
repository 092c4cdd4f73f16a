/**
 * Tries again after a while, and after a longer one each time that it fails.
 *
 * @module
 */

import { backoffMs } from "./backoff.ts";
import type { ChatOptions } from "./chat_types.ts";

/** One thing that is tried until it works. */
export interface Retries {
  /** Has it tried again later. @returns How many tries have failed in a row. */
  schedule(): number;
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
    schedule() {
      callOff();
      callOff = timers.after(backoffMs(failures, random()), attempt);
      failures += 1;
      return failures;
    },
    reset() {
      failures = 0;
    },
    callOff: () => callOff(),
  };
}
