/**
 * How long ago something was, in words.
 *
 * @module
 */

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_536_000_000],
  ["month", 2_592_000_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** Below this, something is "just now": clocks differ by so much. */
const JUST_NOW_MS = 45_000;

/**
 * Says how far a moment is from another, in the largest unit that fits, rounded down.
 *
 * @param atMs The moment, milliseconds since the epoch.
 * @param nowMs Current time, the same.
 */
export function relativeTime(atMs: number, nowMs: number): string {
  const distance = atMs - nowMs;
  const size = Math.abs(distance);
  if (size < JUST_NOW_MS) return "just now";
  const [unit, unitMs] = STEPS.find(([, ms]) => size >= ms) ?? (["minute", 60_000] as const);
  const count = Math.max(1, Math.floor(size / unitMs)) * Math.sign(distance);
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(count, unit);
}

/** Says a moment exactly, in the reader's time zone: day, time, and the zone's short name. */
export function exactTime(atMs: number): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  }).format(atMs);
}
