/**
 * Storing messages: many at once, each with the next number of its conversation.
 *
 * Whether its author may write is asked here, in the transaction: whatever ended before it began has
 * ended for its messages, in whichever process that was done.
 *
 * @module
 */

import type { NewMessage, Posted } from "@postern/chat";
import { epochMs } from "@postern/std";
import { type Cell, cellsOf, jsonRows } from "./_json_rows.ts";
import { change, column } from "./_rows.ts";
import type { WriterTx } from "./writer_tx.ts";

/** Takes rows of: place, conversation, author, client id. */
const KNOWN = `
  SELECT json_array(r.value ->> 0, m.seq, m.at) FROM json_each(?) r CROSS JOIN messages m
  WHERE m.conversation_id = r.value ->> 1 AND m.author_id = r.value ->> 2
    AND m.client_id = r.value ->> 3
`;

/** Takes rows of: place, conversation, author, session, time. Gives place, live session, newest number, username. */
const MAY_WRITE = `
  SELECT json_array(
    r.value ->> 0,
    EXISTS (
      SELECT 1 FROM sessions s JOIN users u ON u.id = s.user_id
      WHERE s.id = r.value ->> 3 AND s.user_id = r.value ->> 2 AND s.ended_at IS NULL
        AND s.created_at + s.absolute_ms > r.value ->> 4
        AND (u.blocked_at IS NULL OR u.blocked_until <= r.value ->> 4)
    ),
    c.seq,
    (SELECT u.username FROM users u WHERE u.id = r.value ->> 2)
  )
  FROM json_each(?) r
  CROSS JOIN members m ON m.conversation_id = r.value ->> 1 AND m.user_id = r.value ->> 2
  CROSS JOIN conversations c ON c.id = m.conversation_id
`;

const INSERT = `
  INSERT INTO messages (conversation_id, seq, author_id, client_id, text, at)
  SELECT ${cellsOf(6)} FROM json_each(?)
`;

/** Takes rows of: conversation, newest number, time. */
const RAISE = `
  UPDATE conversations AS c SET seq = r.value ->> 1, active_at = r.value ->> 2
  FROM json_each(?) r WHERE c.id = r.value ->> 0
`;

/** Takes rows of: conversation, author, number. Whoever writes has read. */
const READ = `
  UPDATE members AS m SET read_seq = max(m.read_seq, r.value ->> 2)
  FROM json_each(?) r WHERE m.conversation_id = r.value ->> 0 AND m.user_id = r.value ->> 1
`;

/** Stores messages, in their order, by five statements for all. */
export async function storeMessages(
  tx: WriterTx,
  messages: readonly NewMessage[],
): Promise<readonly Posted[]> {
  const known = await findKnown(tx, messages);
  const rights = await findRights(tx, messages);
  const numbers = new Map<string, number>();
  const fresh: Cell[][] = [];
  const outcomes = messages.map((message, place): Posted => {
    const right = rights.get(place);
    if (right === undefined) return { code: "not_a_member" };
    if (!right.isLive) return { code: "session_ended" };
    const key = keyOf(message);
    const earlier = known.get(key);
    const { username } = right;
    if (earlier !== undefined) return { code: "known", ...earlier, username };
    const { conversationId, authorId, clientId, text, at } = message;
    const seq = (numbers.get(conversationId) ?? right.seq) + 1;
    numbers.set(conversationId, seq);
    fresh.push([conversationId, seq, authorId, clientId, text, at]);
    known.set(key, { seq, at });
    return { code: "stored", seq, at, username };
  });
  if (fresh.length > 0) await insert(tx, fresh);
  return outcomes;
}

type Known = Map<string, { readonly seq: number; readonly at: NewMessage["at"] }>;

function keyOf({ conversationId, authorId, clientId }: NewMessage): string {
  return `${conversationId} ${authorId} ${clientId}`;
}

async function findKnown(tx: WriterTx, messages: readonly NewMessage[]): Promise<Known> {
  const asked = messages.map((it, place): Cell[] => [
    place,
    it.conversationId,
    it.authorId,
    it.clientId,
  ]);
  const known: Known = new Map();
  for (const row of await column(tx, KNOWN, [jsonRows(asked)])) {
    const [place, seq, at] = JSON.parse(String(row)) as [number, number, number];
    const message = messages[place];
    if (message !== undefined) known.set(keyOf(message), { seq, at: epochMs(at) });
  }
  return known;
}

/** Of a member. */
interface Right {
  readonly isLive: boolean;
  /** Of the newest message. */
  readonly seq: number;
  readonly username: string;
}

async function findRights(tx: WriterTx, messages: readonly NewMessage[]) {
  const asked = messages.map((it, place): Cell[] => [
    place,
    it.conversationId,
    it.authorId,
    it.sessionId,
    it.at,
  ]);
  const rights = new Map<number, Right>();
  for (const row of await column(tx, MAY_WRITE, [jsonRows(asked)])) {
    const cells = JSON.parse(String(row)) as [number, number, number, string];
    const [place, isLive, seq, username] = cells;
    rights.set(place, { isLive: isLive === 1, seq, username });
  }
  return rights;
}

async function insert(tx: WriterTx, fresh: readonly Cell[][]): Promise<void> {
  await change(tx, INSERT, [jsonRows(fresh)]);
  const newest = new Map(fresh.map((row) => [row[0], [row[0], row[1], row[5]] as Cell[]]));
  await change(tx, RAISE, [jsonRows([...newest.values()])]);
  const read = new Map(fresh.map((row) => [`${row[0]} ${row[2]}`, [row[0], row[2], row[1]]]));
  await change(tx, READ, [jsonRows([...read.values()] as Cell[][])]);
}
