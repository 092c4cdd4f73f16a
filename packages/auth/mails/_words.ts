/**
 * Values put into words for mails: lengths of time, moments, hosts, and texts that others wrote.
 *
 * @module
 */

import { days, type EpochMs, hours, minutes } from "@postern/std";

/** Longest value of somebody else's that a mail repeats, characters. */
const VALUE_MAX_LENGTH = 200;

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** A length of time: `30 minutes`, `24 hours`, `7 days`. Rounded down to a whole unit. */
export function durationWords(ms: number): string {
  if (ms >= days(2)) return counted(Math.floor(ms / days(1)), "day");
  if (ms >= hours(1)) return counted(Math.floor(ms / hours(1)), "hour");
  return counted(Math.max(1, Math.floor(ms / minutes(1))), "minute");
}

/** A moment: `24 November 2026, 04:41 UTC`. */
export function momentWords(at: EpochMs): string {
  const minuteOfDay = Math.floor((at - Math.floor(at / days(1)) * days(1)) / minutes(1));
  const time = `${twoDigits(Math.floor(minuteOfDay / 60))}:${twoDigits(minuteOfDay % 60)}`;
  return `${dateWords(Math.floor(at / days(1)))}, ${time} UTC`;
}

/** The host that a public URL names, with its port where it has one. */
export function hostOf(publicUrl: string): string {
  return publicUrl.replace(/^[a-z]+:\/\//, "").replace(/\/.*$/, "");
}

/** A text on one line: control, format and line-breaking characters become single spaces. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

/** A text of somebody else's: on one line, and cut where it is long. */
export function quoted(text: string): string {
  return oneLine(text).slice(0, VALUE_MAX_LENGTH).toWellFormed();
}

/** The day that is `day` days after 1 January 1970, by the Gregorian calendar. */
function dateWords(day: number): string {
  // Counts in eras of 400 years that start on 1 March, so that the leap day comes last.
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = (monthFromMarch + 2) % 12;
  const year = yearOfEra + era * 400 + (month < 2 ? 1 : 0);
  return `${dayOfMonth} ${MONTHS[month]} ${year}`;
}

function counted(count: number, unit: string): string {
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
