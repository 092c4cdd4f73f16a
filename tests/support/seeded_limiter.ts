/**
 * A limiter with the limits that a new database begins with, counting in memory.
 *
 * @module
 */

import { DEFAULT_LIMITS } from "@postern/auth";
import { createMemoryCounters } from "@postern/server/adapters/memory_counters.ts";
import { createLimiter, type LiveLimiter } from "@postern/server/limiter.ts";
import type { Clock } from "@postern/std";

/** Makes one. */
export function createSeededLimiter(clock: Clock): LiveLimiter {
  const counters = createMemoryCounters();
  const limiter = createLimiter({ clock, counters, ownCounters: counters });
  limiter.replace(DEFAULT_LIMITS);
  return limiter;
}
