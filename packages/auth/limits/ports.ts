/**
 * The port to where counts are kept: in memory for one process, shared for several.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";
import type { Count, RateRule } from "./gcra.ts";

/** Counts, each under a key: the limit and whom it counts, as one text. */
export interface Counters {
  /** Counts one more under a key. Counts of different keys know nothing of each other. */
  take(key: string, rule: RateRule, now: EpochMs): Count | Promise<Count>;
  /** Forgets what was counted under a key. An unknown key is no error. */
  reset(key: string): void | Promise<void>;
}
