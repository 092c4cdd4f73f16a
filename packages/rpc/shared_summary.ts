/**
 * The summary, read at most once a second however many consoles look at it.
 *
 * @module
 */

import { type Summary, summarize } from "@postern/auth";
import { type EpochMs, seconds } from "@postern/std";
import type { AdminDeps } from "./context.ts";

/** How long a summary is good enough. */
const GOOD_FOR_MS = seconds(1);

interface Shared {
  readonly at: EpochMs;
  readonly reading: Promise<Summary>;
}

const latest = new WeakMap<AdminDeps["store"], Shared>();

/** Gives the summary of a moment ago, or reads it. */
export function sharedSummary(deps: AdminDeps): Promise<Summary> {
  const now = deps.clock.now();
  const known = latest.get(deps.store);
  if (known !== undefined && Math.abs(now - known.at) < GOOD_FOR_MS) return known.reading;
  const reading = summarize(deps);
  latest.set(deps.store, { at: now, reading });
  reading.catch(() => latest.delete(deps.store));
  return reading;
}
