/**
 * The outbox, as whoever sends sees it, and as the development page shows it.
 *
 * @module
 */

import {
  type ClaimedMail,
  type Letter,
  letterContext,
  type MailId,
  type Outbox,
  type Sealer,
  unpackLetter,
} from "@postern/auth";
import { type EpochMs, epochMs } from "@postern/std";
import { cell, change, column, momentOrNull } from "./_rows.ts";
import type { Database } from "./database.ts";
import type { Writer } from "./writer.ts";

const WAITS = "sent_at IS NULL AND dead_at IS NULL";

const CLAIM = `
  UPDATE outbox SET due_at = ?, attempts = attempts + 1
  WHERE id IN (SELECT id FROM outbox WHERE ${WAITS} AND due_at <= ? ORDER BY due_at LIMIT ?)
  RETURNING json_array(id, attempts, created_at, give_up_at, sealed)
`;
const SENT = "UPDATE outbox SET sent_at = ?, sealed = NULL WHERE id = ? AND sent_at IS NULL";
const FAILED = `
  UPDATE outbox SET due_at = ?, error_class = ? WHERE id = ? AND attempts = ? AND ${WAITS}
`;
const DEAD = `
  UPDATE outbox SET dead_at = ?, error_class = ?, sealed = NULL
  WHERE id = ? AND attempts = ? AND ${WAITS}
`;
const NEXT_DUE = `SELECT min(due_at) FROM outbox WHERE ${WAITS}`;
const BACKLOG = `SELECT json_array(count(*), min(created_at)) FROM outbox WHERE ${WAITS}`;
const NEWEST = `
  SELECT json_array(id, created_at, sealed) FROM outbox
  WHERE sealed IS NOT NULL ORDER BY id DESC LIMIT ?
`;

/** A mail that was not sent anywhere else, with its link. For development. */
export interface OutboxMail extends Letter {
  readonly id: MailId;
  readonly createdAt: EpochMs;
}

/** The sender's outbox, with a window on it. */
export interface StoredOutbox extends Outbox {
  /** Newest first: those whose content is still there. They hold links that sign in. */
  list(limit: number): Promise<readonly OutboxMail[]>;
}

/** What the outbox needs. */
export interface OutboxDeps {
  readonly database: Database;
  readonly writer: Writer;
  readonly sealer: Pick<Sealer, "open">;
}

/** Makes the outbox of a database. */
export function createOutbox(deps: OutboxDeps): StoredOutbox {
  const { writer } = deps;
  const { reader } = deps.database;
  return {
    claimDue: (limit, now, leaseMs) =>
      writer.run(async (tx) => {
        const rows = await column(tx, CLAIM, [now + leaseMs, now, limit]);
        return rows.map(readClaim).sort((a, b) => a.createdAt - b.createdAt);
      }),
    markSent: (claim, at) => run(writer, SENT, [at, claim.id]),
    markFailed: (claim, nextAttemptAt, errorClass) =>
      run(writer, FAILED, [nextAttemptAt, errorClass, claim.id, claim.attempt]),
    markDead: (claim, at, errorClass) =>
      run(writer, DEAD, [at, errorClass, claim.id, claim.attempt]),
    nextDueAt: async () => momentOrNull((await cell(reader, NEXT_DUE, [])) as number | null),
    backlog: async () => {
      const [waiting, oldest] = JSON.parse(String(await cell(reader, BACKLOG, []))) as [
        number,
        number | null,
      ];
      return { waiting, oldestAt: momentOrNull(oldest) };
    },
    list: async (limit) => {
      const rows = await column(reader, NEWEST, [limit]);
      return rows.flatMap((row) => openMail(deps.sealer, row) ?? []);
    },
  };
}

async function run(writer: Writer, sql: string, args: readonly (string | number)[]): Promise<void> {
  await writer.run((tx) => change(tx, sql, args));
}

function readClaim(json: unknown): ClaimedMail {
  const [id, attempt, createdAt, giveUpAt, sealed] = JSON.parse(String(json)) as [
    MailId,
    number,
    number,
    number,
    string,
  ];
  return { id, attempt, createdAt: epochMs(createdAt), giveUpAt: epochMs(giveUpAt), sealed };
}

/** `undefined` for one whose key is gone, or of a kind that this version does not know. */
function openMail(sealer: Pick<Sealer, "open">, json: unknown): OutboxMail | undefined {
  const [id, createdAt, sealed] = JSON.parse(String(json)) as [MailId, number, string];
  const text = sealer.open(letterContext(id), sealed);
  if (text === null) return undefined;
  const letter = unpackLetter(text);
  return letter.ok ? { ...letter.value, id, createdAt: epochMs(createdAt) } : undefined;
}
