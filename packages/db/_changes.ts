/**
 * Changes as rows: written with what they tell of, read by every instance.
 *
 * @module
 */

import type { Bookkeeping, Change, EndReason, SessionId, UserId } from "@postern/auth";
import type { EpochMs } from "@postern/std";
import { type Cell, cellsOf, jsonRows } from "./_json_rows.ts";
import { column, type Runner, change as run } from "./_rows.ts";

/** Most changes that are read at once. */
const READ_MAX = 10_000;

/** The position that asks for the newest one only. */
const NONE_AFTER = Number.MAX_SAFE_INTEGER;

const INSERT = `INSERT INTO changes (at, kind, subject, reason) SELECT ${cellsOf(4)} FROM json_each(?)`;

const AFTER = `
  SELECT json_array(position, kind, subject, reason) FROM changes
  WHERE position > ? ORDER BY position LIMIT ${READ_MAX}
`;

const NEWEST = "SELECT max(position) FROM changes";

/** Each change once, in the order in which they were announced. */
export function distinctChanges(changes: readonly Change[]): readonly Change[] {
  if (changes.length < 2) return changes;
  return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()];
}

/** Writes changes. */
export async function recordChanges(
  transaction: Runner,
  changes: readonly Change[],
  at: EpochMs,
): Promise<void> {
  if (changes.length === 0) return;
  await run(transaction, INSERT, [
    jsonRows(changes.map((change) => [at, ...cellsOfChange(change)])),
  ]);
}

/**
 * Reads changes after a position; where none are, the newest position.
 *
 * Positions have no holes but those that deleting leaves, which takes the oldest and never the newest.
 */
export async function changesAfter(
  reader: Runner,
  position: number,
): ReturnType<Bookkeeping["changesAfter"]> {
  const rows = await column(reader, AFTER, [position]);
  const read = rows.map((row) => JSON.parse(String(row)) as [number, ...Cells]);
  const last = read.at(-1);
  if (last === undefined) {
    const newest = (await column(reader, NEWEST, []))[0];
    const at = Number(newest ?? 0);
    // Positions that went back are those of a database that was put back from a copy.
    return { changes: [], position: at, isGap: at < position && position < NONE_AFTER };
  }
  const changes = read.flatMap(([, ...cells]) => changeOf(cells) ?? []);
  return { changes, position: last[0], isGap: (read[0]?.[0] ?? 0) > position + 1 };
}

type Cells = readonly [kind: string, subject: string | null, reason: string | null];

function cellsOfChange(change: Change): readonly Cell[] {
  switch (change.kind) {
    case "session_ended":
      return [change.kind, change.sessionId, change.reason];
    case "user_changed":
      return [change.kind, String(change.userId), null];
    case "member_removed":
      return [change.kind, change.conversationId, String(change.userId)];
    case "keys_changed":
    case "limits_changed":
    case "settings_changed":
    case "providers_changed":
    case "mail_queued":
      return [change.kind, null, null];
  }
}

/** `undefined` for what a newer instance wrote and this one knows nothing of. */
function changeOf([kind, subject, reason]: Cells): Change | undefined {
  switch (kind) {
    case "session_ended":
      return { kind, sessionId: subject as SessionId, reason: reason as EndReason };
    case "user_changed":
      return { kind, userId: Number(subject) as UserId };
    case "member_removed":
      return { kind, conversationId: subject ?? "", userId: Number(reason) as UserId };
    case "keys_changed":
    case "limits_changed":
    case "settings_changed":
    case "providers_changed":
    case "mail_queued":
      return { kind };
    default:
      return undefined;
  }
}
