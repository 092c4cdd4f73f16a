/**
 * Events as text for other programs: CSV, or JSON a line.
 *
 * A cell of CSV that a spreadsheet would take for a formula begins with an apostrophe here; so does
 * one that begins with an apostrophe itself, so that no two values read alike.
 *
 * @see RFC 4180; OWASP, "CSV Injection"
 * @module
 */

import type { eventShape } from "./shapes.ts";

type EventShape = ReturnType<typeof eventShape>;

const COLUMNS: readonly (readonly [string, (event: EventShape) => string])[] = [
  ["id", (event) => event.id],
  ["at", (event) => event.at],
  ["action", (event) => event.action],
  ["actor_type", (event) => event.actor.type],
  ["actor", (event) => event.actor.username ?? ""],
  ["user_id", (event) => event.user?.id ?? ""],
  ["user", (event) => event.user?.username ?? ""],
  ["ip", (event) => event.ip ?? ""],
  ["user_agent", (event) => event.user_agent ?? ""],
  ["success", (event) => String(event.success)],
  ["details", (event) => JSON.stringify(event.details)],
  ["request_id", (event) => event.request_id],
];

/** Writes events as JSON, one a line. */
export function ndjsonOf(events: readonly EventShape[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}

/** Writes events as CSV. @param hasHeading Whether the names of the columns come first. */
export function csvOf(events: readonly EventShape[], hasHeading: boolean): string {
  const heading = hasHeading ? [COLUMNS.map(([name]) => name)] : [];
  const rows = events.map((event) => COLUMNS.map(([, read]) => read(event)));
  return [...heading, ...rows].map((row) => `${row.map(cellOf).join(",")}\r\n`).join("");
}

function cellOf(value: string): string {
  const safe = /^[\s]*[=+\-@'|%\t\r]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
