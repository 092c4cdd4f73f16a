/**
 * What the events of the last hour add up to: how many when, from where, and why they failed.
 *
 * Pure: callers pass the events and the time.
 *
 * @module
 */

import type { EventRow } from "../../calls/shapes.ts";

/** As much of an event as is counted. */
export type CountedEvent = Pick<EventRow, "at" | "action" | "ip" | "success" | "details">;

/** One bar of a chart. */
export interface Bucket {
  readonly fromMs: number;
  readonly signIns: number;
  readonly refusals: number;
  readonly limited: number;
}

/** A value, and how often it came. */
export interface Tally {
  readonly value: string;
  readonly count: number;
}

/** Length of the time that is looked at, milliseconds. */
const HOUR_MS = 3_600_000;

/** Bars of the chart. */
const BUCKETS = 30;

/** Sorts events into bars of two minutes, the oldest first. */
export function bucketsOf(events: readonly CountedEvent[], nowMs: number): readonly Bucket[] {
  const width = HOUR_MS / BUCKETS;
  const startMs = nowMs - HOUR_MS;
  const counts = Array.from({ length: BUCKETS }, () => ({ signIns: 0, refusals: 0, limited: 0 }));
  for (const { at, action } of events) {
    const bucket = counts[Math.min(BUCKETS - 1, Math.floor((Date.parse(at) - startMs) / width))];
    if (bucket === undefined) continue;
    if (action === "login") bucket.signIns += 1;
    if (action === "failed_login") bucket.refusals += 1;
    if (action === "rate_limited") bucket.limited += 1;
  }
  return counts.map((count, index) => ({ fromMs: startMs + index * width, ...count }));
}

/** The addresses that most refusals came from, the busiest first. */
export function busiestAddresses(events: readonly CountedEvent[], most: number): readonly Tally[] {
  const refused = events.filter(
    ({ action }) => action === "failed_login" || action === "rate_limited",
  );
  return tally(
    refused.map(({ ip }) => ip ?? ""),
    most,
  ).filter(({ value }) => value !== "");
}

/** Why sign-ins failed, the commonest reason first. */
export function commonestReasons(events: readonly CountedEvent[], most: number): readonly Tally[] {
  const failed = events.filter(({ action }) => action === "failed_login");
  return tally(
    failed.map(({ details }) => String(details["reason"] ?? "unknown")),
    most,
  );
}

/**
 * Whether it looks as if somebody tries passwords: one address alone with many refusals, or far more
 * refusals than sign-ins.
 */
export function looksLikeAttack(events: readonly CountedEvent[]): boolean {
  const refusals = events.filter(({ action }) => action === "failed_login").length;
  const signIns = events.filter(({ action }) => action === "login").length;
  const [busiest] = busiestAddresses(events, 1);
  return (
    (busiest?.count ?? 0) >= REFUSALS_OF_ONE ||
    (refusals >= REFUSALS_OF_ALL && refusals > 3 * signIns)
  );
}

/** Refusals of one address in an hour that no forgetful person makes. */
const REFUSALS_OF_ONE = 20;

/** Refusals in an hour below which their share says nothing. */
const REFUSALS_OF_ALL = 50;

function tally(values: readonly string[], most: number): readonly Tally[] {
  const groups = Map.groupBy(values, (value) => value);
  return [...groups]
    .map(([value, all]) => ({ value, count: all.length }))
    .toSorted((one, other) => other.count - one.count)
    .slice(0, most);
}
