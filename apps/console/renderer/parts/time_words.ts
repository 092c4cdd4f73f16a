/**
 * Times as words: here, or in UTC.
 *
 * @module
 */

/** Whose clock times are told by. */
export type Zone = "local" | "utc";

const DATE = { day: "2-digit", month: "short" } as const;
const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;

/** A moment as short as a table has room for: day, month and time; the year where it is another. */
export function shortTime(atMs: number, nowMs: number, zone: Zone): string {
  const timeZone = zone === "utc" ? "UTC" : undefined;
  const isThisYear = yearOf(atMs, timeZone) === yearOf(nowMs, timeZone);
  const options = isThisYear
    ? { ...DATE, ...CLOCK }
    : { ...DATE, ...CLOCK, year: "numeric" as const };
  return format(atMs, { ...options, timeZone }).replace(",", "");
}

/** The hour and the minute of a moment, which is RFC 3339. */
export function clockTime(at: string, zone: Zone): string {
  const timeZone = zone === "utc" ? "UTC" : undefined;
  return format(Date.parse(at), { hour: "2-digit", minute: "2-digit", timeZone });
}

/** A moment in full, with its zone. */
export function fullTime(atMs: number, zone: Zone): string {
  const timeZone = zone === "utc" ? "UTC" : undefined;
  const options = { ...DATE, ...CLOCK, year: "numeric" as const, timeZoneName: "short" as const };
  return format(atMs, { ...options, timeZone });
}

function yearOf(atMs: number, timeZone: string | undefined): string {
  return format(atMs, { year: "numeric", timeZone });
}

function format(
  atMs: number,
  options: Omit<Intl.DateTimeFormatOptions, "timeZone"> & { timeZone: string | undefined },
): string {
  const { timeZone, ...rest } = options;
  const known = timeZone === undefined ? rest : { ...rest, timeZone };
  return new Intl.DateTimeFormat("en-GB", known).format(atMs);
}
