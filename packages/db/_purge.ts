/**
 * Deleting what has run out, a little at a time.
 *
 * @module
 */

import {
  ADMIN_SESSION_ABSOLUTE_MS,
  ENDED_SESSION_KEPT_MS,
  SESSION_ABSOLUTE_MS,
} from "@postern/auth";
import { before, days, type EpochMs, hours } from "@postern/std";
import type { Cell } from "./_json_rows.ts";
import { change } from "./_rows.ts";
import type { Writer } from "./writer.ts";

/** Most rows that one transaction deletes, so that the lane is not held for long. */
const CHUNK = 500;

/** How long sent and given-up mails are remembered. Longer than any is tried. */
const MAILS_KEPT_MS = days(7);

/** How long changes are kept for instances that were away. Those that were away longer find a gap, and read everything anew. */
const CHANGES_KEPT_MS = hours(6);

/** Deletes what has run out and nobody may ask for again. Other writes go in between. */
export async function purge(writer: Writer, now: EpochMs): Promise<void> {
  for (const [sql, args] of statements(now)) {
    let deleted = CHUNK;
    while (deleted >= CHUNK) deleted = await writer.run((tx) => change(tx, sql, args));
  }
}

/** Rows whose ids are UUIDs of version 7 are found by the time in those. */
function statements(now: EpochMs): readonly (readonly [sql: string, args: readonly Cell[]])[] {
  const ended = before(now, ENDED_SESSION_KEPT_MS);
  const opened = before(ended, SESSION_ABSOLUTE_MS);
  const mailed = before(now, MAILS_KEPT_MS);
  const changed = before(now, CHANGES_KEPT_MS);
  return [
    [chunk("signups", "id", "expires_at <= ?"), [now]],
    [chunk("links", "token_hash", "expires_at <= ?"), [now]],
    [chunk("tickets", "ticket_hash", "expires_at <= ?"), [now]],
    [chunk("invitations", "token_hash", "expires_at <= ?"), [now]],
    [chunk("setup_links", "token_hash", "expires_at <= ?"), [now]],
    [
      chunk("oauth_codes", "code_hash", "expires_at <= ?"),
      [before(now, ADMIN_SESSION_ABSOLUTE_MS)],
    ],
    [chunk("taken_ids", "id", "until <= ?"), [now]],
    [chunk("flows", "state_hash", "expires_at <= ?"), [now]],
    [chunk("blocked_addresses", "cidr", "until <= ?"), [now]],
    [chunk("sessions", "id", "ended_at IS NOT NULL AND ended_at <= ?"), [ended]],
    [chunk("sessions", "id", "id < ?"), [firstIdAt(opened)]],
    [chunk("outbox", "id", "id < ?"), [firstIdAt(mailed)]],
    [OLD_CHANGES, [changed]],
  ];
}

function chunk(table: string, key: string, condition: string): string {
  const found = `SELECT ${key} FROM ${table} WHERE ${condition} LIMIT ${CHUNK}`;
  return `DELETE FROM ${table} WHERE ${key} IN (${found})`;
}

/** Looks at the oldest only, and leaves the newest, which tells where the next one stands. */
const OLD_CHANGES = `
  DELETE FROM changes WHERE position IN (
    SELECT position FROM (SELECT position, at FROM changes ORDER BY position LIMIT ${CHUNK})
    WHERE at <= ? AND position < (SELECT max(position) FROM changes)
  )
`;

/** What sorts before every UUID of version 7 that was made at this time or later. */
function firstIdAt(at: EpochMs): string {
  const hex = at.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
