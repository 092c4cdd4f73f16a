/**
 * What a conversation's page says of people and times.
 *
 * @module
 */

import type { ChatUser } from "@postern/wire";

const DAY_MS = 86_400_000;

const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const WEEKDAY = new Intl.DateTimeFormat("en-GB", { weekday: "short" });
const SHORT_DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const LONG_DATE = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
});

/** Says a time of day. */
export function timeWords(atMs: number): string {
  return TIME.format(atMs);
}

/** Says a day, as one would on the day `nowMs`. */
export function dayWords(atMs: number, nowMs: number): string {
  const days = daysBetween(atMs, nowMs);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return LONG_DATE.format(atMs);
}

/** Says a moment in as few signs as tell it: a time, a weekday of the last six, or a date. */
export function momentWords(atMs: number, nowMs: number): string {
  const days = daysBetween(atMs, nowMs);
  if (days <= 0) return timeWords(atMs);
  if (days < 7) return WEEKDAY.format(atMs);
  const year = new Date(atMs).getFullYear();
  const date = SHORT_DATE.format(atMs);
  return year === new Date(nowMs).getFullYear() ? date : `${date} ${year}`;
}

/** Days by the calendar of the reader; an hour more or less for daylight saving makes no difference. */
function daysBetween(atMs: number, nowMs: number): number {
  return Math.round((midnight(nowMs) - midnight(atMs)) / DAY_MS);
}

function midnight(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0);
}

/** Names people, two of them at most: `ann`, `ann and bob`, `ann, bob and 2 others`. */
export function nameWords(users: readonly ChatUser[]): string {
  const [first = "", second = "", third] = users.map(({ username }) => username);
  if (users.length < 2) return first;
  if (users.length === 2) return `${first} and ${second}`;
  const others = users.length - 2;
  return others === 1
    ? `${first}, ${second} and ${third}`
    : `${first}, ${second} and ${others} others`;
}

/** Says who is typing; empty for nobody. */
export function typingWords(users: readonly ChatUser[]): string {
  if (users.length === 0) return "";
  return `${nameWords(users)} ${users.length === 1 ? "is" : "are"} typing`;
}
