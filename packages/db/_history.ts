/**
 * Messages of a conversation, read back.
 *
 * @module
 */

import type { UserId } from "@postern/auth";
import type { History, HistoryRequest, Message } from "@postern/chat";
import { epochMs } from "@postern/std";
import type { Cell } from "./_json_rows.ts";
import { column, type Runner } from "./_rows.ts";

/** Columns of a message and its author, of tables under the aliases `l` and `u`. */
export const MESSAGE_COLUMNS = "l.seq, l.client_id, l.author_id, u.username, l.text, l.at";

/** What an author is called whose account is gone. */
const NOBODY = "";

/** What `MESSAGE_COLUMNS` gave. */
export type MessageCells = readonly [
  seq: number,
  clientId: string,
  authorId: number,
  username: string | null,
  text: string,
  at: number,
];

/** Reads a message. */
export function messageOf([seq, clientId, authorId, username, text, at]: MessageCells): Message {
  const author = { id: authorId as UserId, username: username ?? NOBODY };
  return { seq, clientId, author, text, at: epochMs(at) };
}

function select(order: "ASC" | "DESC"): string {
  return `
    SELECT json_array(${MESSAGE_COLUMNS})
    FROM messages l LEFT JOIN users u ON u.id = l.author_id
    WHERE l.conversation_id = ? AND l.seq > ? AND l.seq < ? ORDER BY l.seq ${order} LIMIT ?
  `;
}

const FORWARD = select("ASC");
const BACKWARD = select("DESC");

/** Reads messages in ascending order: from `after` on, else those next before `before`. */
export async function readHistory(runner: Runner, request: HistoryRequest): Promise<History> {
  const { conversationId, after, before, limit } = request;
  const bounds: Cell[] = [after ?? 0, before ?? Number.MAX_SAFE_INTEGER];
  const sql = after === undefined ? BACKWARD : FORWARD;
  const rows = await column(runner, sql, [conversationId, ...bounds, limit + 1]);
  const found = rows.map((row) => messageOf(JSON.parse(String(row)) as MessageCells));
  const messages = found.slice(0, limit);
  if (after === undefined) messages.reverse();
  return { messages, more: found.length > limit };
}
