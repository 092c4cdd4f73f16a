/**
 * How many events a rule has met lately, and whether that is to be told now.
 *
 * @module
 */

import type { NoticeRule } from "./notice_rules.ts";

/** Least time between two notifications of a rule, milliseconds: a flood is one of them, and then one a minute. */
const REST_MS = 60_000;

/** Most events that are counted; so many are "many". */
const COUNTED_MAX = 1_000;

const MINUTE_MS = 60_000;

/** What a rule has met. */
export interface NoticeTally {
  /** When each event that was not told of yet came, milliseconds since the epoch; oldest first. */
  readonly times: readonly number[];
  /** When the rule told last. */
  readonly toldAt: number;
}

/** Nothing was met yet. */
export const NOTHING_MET: NoticeTally = { times: [], toldAt: Number.NEGATIVE_INFINITY };

/** Adds events that have just come. */
export function meet(tally: NoticeTally, count: number, nowMs: number): NoticeTally {
  const fresh = Array.from({ length: Math.min(count, COUNTED_MAX) }, () => nowMs);
  return { ...tally, times: [...tally.times, ...fresh].slice(-COUNTED_MAX) };
}

/** How many are to be told of now, 0 for none; and what is left to be counted. */
export function drain(
  tally: NoticeTally,
  { atLeast, withinMin }: Pick<NoticeRule, "atLeast" | "withinMin">,
  nowMs: number,
): { readonly count: number; readonly left: NoticeTally } {
  const times = tally.times.filter((time) => nowMs - time < withinMin * MINUTE_MS);
  const isDue = times.length >= atLeast && times.length > 0 && nowMs - tally.toldAt >= REST_MS;
  if (!isDue) return { count: 0, left: { ...tally, times } };
  return { count: times.length, left: { times: [], toldAt: nowMs } };
}
