/**
 * Conversations and their members.
 *
 * @module
 */

import type { UserId } from "@postern/auth";
import type { ChatStore, Conversation, ConversationId, Member } from "@postern/chat";
import { epochMs } from "@postern/std";
import { MESSAGE_COLUMNS, type MessageCells, messageOf } from "./_history.ts";
import { jsonRows, wellFormed } from "./_json_rows.ts";
import { NO_PAGE, pageOf, readCursor, rowsFor } from "./_page.ts";
import { cell, change, column, type Runner } from "./_rows.ts";
import type { Writer } from "./writer.ts";
import type { WriterTx } from "./writer_tx.ts";

const VIEW = `
  SELECT json_array(
    c.id, c.title, c.made_by, c.created_at, c.active_at, c.seq, m.read_seq,
    (SELECT count(*) FROM members x WHERE x.conversation_id = c.id),
    CASE WHEN l.seq IS NULL THEN NULL ELSE json_array(${MESSAGE_COLUMNS}) END
  )
  FROM members m CROSS JOIN conversations c ON c.id = m.conversation_id
  LEFT JOIN messages l ON l.conversation_id = c.id AND l.seq = c.seq
  LEFT JOIN users u ON u.id = l.author_id
`;
const FIND = `${VIEW} WHERE m.conversation_id = ? AND m.user_id = ?`;
const LIST = `
  ${VIEW} WHERE m.user_id = ? AND (c.active_at, c.id) < (?, ?)
  ORDER BY c.active_at DESC, c.id DESC LIMIT ?
`;
const MEMBERS = `
  SELECT json_array(u.id, u.username) FROM members m CROSS JOIN users u ON u.id = m.user_id
  WHERE m.conversation_id = ? ORDER BY m.joined_at, u.id
`;
const NAMED = `
  SELECT json_array(u.id, u.username) FROM json_each(?) r CROSS JOIN users u
  WHERE u.username = lower(r.value)
`;
const SEQ = `
  SELECT c.seq FROM members m CROSS JOIN conversations c ON c.id = m.conversation_id
  WHERE m.conversation_id = ? AND m.user_id = ?
`;
const NEWER = `
  SELECT json_array(c.id, c.seq) FROM json_each(?) r
  CROSS JOIN conversations c ON c.id = r.value ->> 0 WHERE c.seq > r.value ->> 1
`;
const CREATE = `
  INSERT INTO conversations (id, title, made_by, created_at, active_at) VALUES (?, ?, ?, ?, ?)
`;
const ADD = `
  INSERT INTO members (conversation_id, user_id, joined_at, read_seq)
  SELECT c.id, r.value, ?, c.seq FROM json_each(?) r CROSS JOIN conversations c WHERE c.id = ?
  ON CONFLICT DO NOTHING
`;
/** Asked in the transaction: whoever was put out before it began renames nothing. */
const RENAME = `
  UPDATE conversations SET title = ? WHERE id = ?
    AND EXISTS (SELECT 1 FROM members m WHERE m.conversation_id = conversations.id AND m.user_id = ?)
`;
const REMOVE = "DELETE FROM members WHERE conversation_id = ? AND user_id = ?";
const END_EMPTY = `
  DELETE FROM conversations
  WHERE id = ? AND NOT EXISTS (SELECT 1 FROM members m WHERE m.conversation_id = conversations.id)
`;
const MARK = `
  UPDATE members SET read_seq = max(read_seq, min(?, (
    SELECT c.seq FROM conversations c WHERE c.id = conversation_id
  ))) WHERE conversation_id = ? AND user_id = ? RETURNING read_seq
`;

/** Finding conversations. */
export function conversationReads(
  runner: Runner,
): Pick<
  ChatStore,
  "findMembers" | "findConversation" | "listConversations" | "findSeq" | "findNewer"
> {
  return {
    async findMembers(usernames) {
      return (await column(runner, NAMED, [JSON.stringify(usernames, wellFormed)])).map(memberOf);
    },
    async findConversation(id, reader) {
      const found = await cell(runner, FIND, [id, reader]);
      if (found === undefined) return null;
      const members = (await column(runner, MEMBERS, [id])).map(memberOf);
      return { ...conversationOf(found), members };
    },
    async listConversations(reader, page) {
      const cursor = readCursor(page, [Number.MAX_SAFE_INTEGER, ""]);
      if (cursor === undefined) return NO_PAGE;
      const found = await column(runner, LIST, [reader, ...cursor, rowsFor(page)]);
      return pageOf(found.map(conversationOf), page, ({ activeAt, id }) => [activeAt, id]);
    },
    async findSeq(id, reader) {
      const seq = await cell(runner, SEQ, [id, reader]);
      return seq === undefined ? null : Number(seq);
    },
    async findNewer(known) {
      const found = await column(runner, NEWER, [jsonRows([...known].map((each) => [...each]))]);
      return found.map((row) => JSON.parse(String(row)) as [ConversationId, number]);
    },
  };
}

/** Changing conversations. */
export function conversationWrites(
  writer: Writer,
): Pick<
  ChatStore,
  "createConversation" | "renameConversation" | "addMembers" | "removeMember" | "markRead"
> {
  return {
    createConversation: ({ id, title, madeBy, members, at }) =>
      writer.run(async (tx) => {
        await change(tx, CREATE, [id, title, madeBy, at, at]);
        await change(tx, ADD, [at, JSON.stringify(members), id]);
      }),
    renameConversation: (id, title, by) =>
      writer.run(async (tx) => (await change(tx, RENAME, [title, id, by])) > 0),
    addMembers: (id, members, { at, max, by }) =>
      writer.run(async (tx) => {
        const there = new Set((await column(tx, MEMBERS, [id])).map((row) => memberOf(row).id));
        if (!there.has(by)) return "not_a_member";
        const missing = members.filter((member) => !there.has(member));
        if (missing.length + there.size > max) return "full";
        await change(tx, ADD, [at, JSON.stringify(missing), id]);
        return "added";
      }),
    removeMember: (id, member) => writer.run((tx) => removeMember(tx, id, member)),
    markRead: (id, reader, seq) =>
      writer.run(async (tx) => {
        const marked = await cell(tx, MARK, [seq, id, reader]);
        return marked === undefined ? null : Number(marked);
      }),
  };
}

async function removeMember(tx: WriterTx, id: ConversationId, member: UserId): Promise<boolean> {
  if ((await change(tx, REMOVE, [id, member])) === 0) return false;
  await change(tx, END_EMPTY, [id]);
  tx.announce({ kind: "member_removed", conversationId: id, userId: member });
  return true;
}

type ConversationCells = readonly [
  id: string,
  title: string,
  madeBy: number,
  createdAt: number,
  activeAt: number,
  seq: number,
  readSeq: number,
  memberCount: number,
  last: MessageCells | null,
];

function conversationOf(json: unknown): Conversation {
  const cells = JSON.parse(String(json)) as ConversationCells;
  const [id, title, madeBy, createdAt, activeAt, seq, readSeq, memberCount, last] = cells;
  return {
    id: id as ConversationId,
    title,
    madeBy: madeBy as UserId,
    createdAt: epochMs(createdAt),
    activeAt: epochMs(activeAt),
    seq,
    readSeq,
    memberCount,
    lastMessage: last === null ? null : messageOf(last),
  };
}

function memberOf(json: unknown): Member {
  const [id, username] = JSON.parse(String(json)) as [number, string];
  return { id: id as UserId, username };
}
