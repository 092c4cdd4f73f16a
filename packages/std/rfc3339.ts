/**
 * Moments as text, and text as moments, without a runtime's own calendar.
 *
 * @see RFC 3339, section 5.6; days from civil dates as in "chrono-Compatible Low-Level Date Algorithms"
 * @module
 */

import { days, type EpochMs, epochMs, hours, minutes, seconds } from "./clock.ts";

const DAYS_PER_ERA = 146_097;
const YEARS_PER_ERA = 400;
/** Days from 0000-03-01 to 1970-01-01. */
const EPOCH_DAY = 719_468;

const TEXT =
  /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d))?$/;

/** Writes a moment in UTC with milliseconds, such as `2026-01-02T03:04:05.678Z`. */
export function timeText(at: EpochMs): string {
  const day = Math.floor(at / days(1));
  const rest = at - day * days(1);
  const { year, month, date } = civilOf(day);
  const time = [hours(1), minutes(1), seconds(1)].map((unit, index) =>
    padded(Math.floor(rest / unit) % (index === 0 ? 24 : 60), 2),
  );
  const fraction = padded(rest % seconds(1), 3);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(date, 2)}T${time.join(":")}.${fraction}Z`;
}

/**
 * Reads a date, which means its first moment in UTC, or a time with its offset.
 *
 * @returns `undefined` for anything else, and for a day that no month has.
 */
export function parseTime(text: string): EpochMs | undefined {
  const found = TEXT.exec(text);
  if (found === null) return undefined;
  const [year = 0, month = 0, date = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const day = dayOf(year, month, date);
  const back = civilOf(day);
  if (back.year !== year || back.month !== month || back.date !== date) return undefined;
  const offset = offsetOf(found[8] ?? "Z");
  if (hour > 23 || minute > 59 || second > 59 || offset === undefined) return undefined;
  const fraction = Math.floor(Number(`0.${found[7] ?? "0"}`) * seconds(1));
  const time = hours(hour) + minutes(minute) + seconds(second) + fraction;
  return epochMs(day * days(1) + time - offset);
}

function offsetOf(text: string): number | undefined {
  if (text === "Z") return 0;
  const hour = Number(text.slice(1, 3));
  const minute = Number(text.slice(4, 6));
  if (hour > 23 || minute > 59) return undefined;
  return (text.startsWith("-") ? -1 : 1) * (hours(hour) + minutes(minute));
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

/** Years begin in March here, so that the day of a leap year comes last. */
function dayOf(year: number, month: number, date: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / YEARS_PER_ERA);
  const yearOfEra = marchYear - era * YEARS_PER_ERA;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + date - 1;
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * DAYS_PER_ERA + yearOfEra * 365 + leaps + dayOfYear - EPOCH_DAY;
}

function civilOf(day: number): { year: number; month: number; date: number } {
  const shifted = day + EPOCH_DAY;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const leaps =
    Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * YEARS_PER_ERA + (month <= 2 ? 1 : 0), month, date };
}
