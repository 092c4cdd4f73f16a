/**
 * Sessions: opened, found and ended.
 *
 * @module
 */

import type {
  AuthReads,
  AuthTx,
  SessionFilter,
  SessionId,
  SessionOfUser,
  UserId,
} from "@postern/auth";
import { gathered } from "./_gathered.ts";
import { type Cell, wellFormed } from "./_json_rows.ts";
import { NO_PAGE, pageOf, readCursor, rowsFor } from "./_page.ts";
import { cell, change, column, type Runner } from "./_rows.ts";
import { IS_LIVE, SESSIONS, sessionOf, sessionRow } from "./_session_row.ts";
import { USERS, userOf } from "./_user_row.ts";
import type { WriterTx } from "./writer_tx.ts";

const BOTH = `json_array(${SESSIONS.jsonOf("s")}, ${USERS.jsonOf("u")})`;
const FIND = `SELECT ${BOTH} FROM sessions s CROSS JOIN users u ON u.id = s.user_id`;
/** Takes ids as JSON. For eight, an eighth of it costs 10 µs, where one alone costs 48. */
const BY_IDS = `
  SELECT ${BOTH}
  FROM json_each(?) r CROSS JOIN sessions s ON s.id = r.value CROSS JOIN users u ON u.id = s.user_id
`;
const BY_ID = `${FIND} WHERE s.id = ?`;
const BY_SECRET = `${FIND} WHERE s.secret_hash = ?`;
const LIST = `
  SELECT ${SESSIONS.jsonOf("s")} FROM sessions s
  WHERE s.user_id = ? AND s.id < ? AND ${IS_LIVE}
  ORDER BY s.id DESC LIMIT ?
`;

const LIST_ALL = `${FIND} WHERE s.id < ? AND ${IS_LIVE} ORDER BY s.id DESC LIMIT ?`;

/**
 * Ends what has not ended yet and may come to life: rest is no reason to spare one, since `seen_at`
 * is written a little later than it is seen.
 */
const END = `
  UPDATE sessions SET ended_at = ?, end_reason = ?
  WHERE ended_at IS NULL AND created_at + absolute_ms > ?
`;
const END_TOKENS = `
  DELETE FROM refresh_tokens WHERE session_id IN (SELECT value FROM json_each(?))
`;

/** Whoever held a session may have asked for another address; that is not to outlive it. */
const VOID_CHANGES = `
  DELETE FROM links
  WHERE user_id IN (SELECT value FROM json_each(?)) AND kind = 'email_change'
`;

/** A code lets a console in: one that was allowed before is not to make up for the console that ended. */
const VOID_CODES = `
  DELETE FROM oauth_codes
  WHERE user_id IN (SELECT value FROM json_each(?)) AND session_id IS NULL
`;

/** Sorts after every id. */
const AFTER_ALL = "g";

/** Finding sessions. */
export function sessionReads(
  runner: Runner,
): Pick<AuthReads, "findSession" | "findSessionBySecret" | "listSessions" | "listAllSessions"> {
  return {
    findSession: (id) => find(runner, BY_ID, id),
    findSessionBySecret: (secretHash) => find(runner, BY_SECRET, secretHash),
    listSessions: async (userId, now, page) => {
      const cursor = readCursor(page, [AFTER_ALL]);
      if (cursor === undefined) return NO_PAGE;
      const rows = await column(runner, LIST, [userId, ...cursor, now, now, rowsFor(page)]);
      const found = rows.map((row) => sessionOf(SESSIONS.read(row)));
      return pageOf(found, page, (session) => [session.id]);
    },
    listAllSessions: async (now, page) => {
      const cursor = readCursor(page, [AFTER_ALL]);
      if (cursor === undefined) return NO_PAGE;
      const rows = await column(runner, LIST_ALL, [...cursor, now, now, rowsFor(page)]);
      return pageOf(rows.map(withUser), page, ({ session }) => [session.id]);
    },
  };
}

/** Opening and ending sessions. */
export function sessionWrites(tx: WriterTx): Pick<AuthTx, "insertSession" | "endSessions"> {
  return {
    insertSession: async (session, secretHash) => {
      await change(tx, SESSIONS.insert, SESSIONS.values(sessionRow(session, secretHash)));
    },
    endSessions: async (filter, at, reason) => {
      const [which, args] = conditionOf(filter, at);
      const sql = `${END} AND ${which} RETURNING json_array(id, user_id)`;
      const found = await column(tx, sql, [at, reason, at, ...args]);
      const rows = found.map((row) => JSON.parse(String(row)) as [SessionId, UserId]);
      const ended = rows.map(([id]) => id);
      if (ended.length > 0) await change(tx, END_TOKENS, [JSON.stringify(ended)]);
      if (reason !== "logout") await voidChanges(tx, filter, rows);
      for (const sessionId of ended) tx.announce({ kind: "session_ended", sessionId, reason });
      return ended;
    },
  };
}

/** Finds sessions outside a transaction: those that are asked for at once by one statement. */
export function gatheredSessions(runner: Runner): AuthReads["findSession"] {
  return gathered(async (ids: readonly SessionId[]) => {
    const rows = await column(runner, BY_IDS, [JSON.stringify(ids, wellFormed)]);
    const found = rows.map(withUser);
    return new Map(found.map((both) => [both.session.id, both]));
  });
}

/** Those of whose sessions were ended; of a user who is named also where none was live any more. */
async function voidChanges(
  tx: WriterTx,
  filter: SessionFilter,
  ended: readonly (readonly [SessionId, UserId])[],
): Promise<void> {
  const users = new Set(ended.map(([, userId]) => userId));
  if (!("id" in filter) && "userId" in filter) users.add(filter.userId);
  if (users.size === 0) return;
  const ids = JSON.stringify([...users]);
  await change(tx, VOID_CHANGES, [ids]);
  await change(tx, VOID_CODES, [ids]);
}

async function find(runner: Runner, sql: string, key: string): Promise<SessionOfUser | null> {
  const found = await cell(runner, sql, [key]);
  return found === undefined ? null : withUser(found);
}

function withUser(row: unknown): SessionOfUser {
  const [session, user] = JSON.parse(String(row)) as [Cell[], Cell[]];
  return { session: sessionOf(SESSIONS.fromCells(session)), user: userOf(USERS.fromCells(user)) };
}

function conditionOf(filter: SessionFilter, at: number): readonly [string, readonly Cell[]] {
  if ("keyId" in filter) {
    const tokens = "key_id = ? AND spent_at IS NULL AND expires_at > ?";
    return [`id IN (SELECT session_id FROM refresh_tokens WHERE ${tokens})`, [filter.keyId, at]];
  }
  if ("ids" in filter) {
    return ["id IN (SELECT value FROM json_each(?))", [JSON.stringify(filter.ids)]];
  }
  if ("id" in filter) {
    return filter.userId === undefined
      ? ["id = ?", [filter.id]]
      : ["id = ? AND +user_id = ?", [filter.id, filter.userId]];
  }
  return filter.except === undefined
    ? ["user_id = ?", [filter.userId]]
    : ["user_id = ? AND id <> ?", [filter.userId, filter.except]];
}
