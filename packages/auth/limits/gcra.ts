/**
 * The generic cell rate algorithm: so many in a window, as one number per caller.
 *
 * That number is the time at which the caller would have nothing spent, were it quiet until then.
 * Each call pushes it on by the pace, the window divided by the count; a call that would push it
 * further than a window ahead is refused, and pushes nothing. So the whole count may come at once,
 * and then one at each pace: no edge of a window lets twice as many through.
 *
 * Pure: no clock and no storage. Counted in whole microseconds, which numbers hold exactly until
 * the year 2255, so that the last of a burst is never lost to rounding.
 *
 * @see ITU-T I.371, annex A (GCRA, virtual scheduling)
 * @module
 */

import type { EpochMs } from "@postern/std";

/** How many, in how long. */
export interface RateRule {
  /** Whole; below 1 refuses everything. */
  readonly count: number;
  readonly windowMs: number;
}

/** When a caller would have nothing spent, in whole microseconds since the epoch. */
export type SpentUntilUs = number;

/** What counting one more came to. */
export interface Count {
  readonly allowed: boolean;
  /** How many more would be allowed now. */
  readonly remaining: number;
  /** Until the whole count is there again, milliseconds, rounded up. */
  readonly resetMs: number;
  /** Until the next one is allowed, milliseconds, rounded up; 0 where this one was. */
  readonly retryAfterMs: number;
}

/** A count, with the number to keep for the next one. */
export interface CountStep {
  readonly count: Count;
  readonly spentUntilUs: SpentUntilUs;
}

const US_PER_MS = 1_000;

/**
 * Counts one more.
 *
 * A rule that was changed meanwhile, or a clock that was set back, is in force at once: nobody is
 * held longer than one window of the rule as it is.
 *
 * @param spentUntilUs What the last step gave; `undefined` at the first, or when it is forgotten.
 */
export function countOne(
  rule: RateRule,
  spentUntilUs: SpentUntilUs | undefined,
  now: EpochMs,
): CountStep {
  const nowUs = now * US_PER_MS;
  const windowUs = rule.windowMs * US_PER_MS;
  const spentUs = Math.min(Math.max((spentUntilUs ?? nowUs) - nowUs, 0), windowUs);
  if (rule.count < 1) return refusal(nowUs, { spentUs, waitUs: windowUs });
  // Rounded down, so that the whole count fits into the window.
  const paceUs = Math.max(1, Math.floor(windowUs / rule.count));
  const nextUs = spentUs + paceUs;
  if (nextUs > windowUs) return refusal(nowUs, { spentUs, waitUs: nextUs - windowUs });
  const count: Count = {
    allowed: true,
    remaining: Math.min(Math.floor((windowUs - nextUs) / paceUs), rule.count - 1),
    resetMs: Math.ceil(nextUs / US_PER_MS),
    retryAfterMs: 0,
  };
  return { count, spentUntilUs: nowUs + nextUs };
}

function refusal(
  nowUs: number,
  at: { readonly spentUs: number; readonly waitUs: number },
): CountStep {
  const count: Count = {
    allowed: false,
    remaining: 0,
    resetMs: Math.ceil(at.spentUs / US_PER_MS),
    retryAfterMs: Math.ceil(at.waitUs / US_PER_MS),
  };
  return { count, spentUntilUs: nowUs + at.spentUs };
}
