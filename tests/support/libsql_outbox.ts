/**
 * The outbox of a database file of its own, for tests of whoever sends from it.
 *
 * @module
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type Row } from "@libsql/client";
import { eventOf, type Mail, type MailId, type Outbox, type Sealer, SYSTEM } from "@postern/auth";
import { createAuthStore, createOutbox, createWriter, openDatabase } from "@postern/db";
import { random, sha256, systemClock } from "@postern/server/adapters/crypto.ts";
import type { EpochMs } from "@postern/std";

/** A row, as a test looks at it. */
export interface OutboxRow {
  readonly id: MailId;
  readonly sealed: string | null;
  readonly dueAt: number;
  readonly attempts: number;
  readonly sentAt: number | null;
  readonly deadAt: number | null;
  readonly errorClass: string | null;
}

/** An outbox, and what a test needs beside the port. */
export interface TestOutbox extends Outbox {
  /** The same outbox, as another instance of the server has it. */
  connect(): Promise<Outbox>;
  /** Queues a mail as use cases do. */
  add(to: string, mail: Mail, at: EpochMs): Promise<MailId>;
  row(id: MailId): Promise<OutboxRow>;
  /** All rows, oldest first. */
  rows(): Promise<readonly OutboxRow[]>;
  close(): Promise<void>;
}

/** Makes an outbox whose letters are sealed by `sealer`. */
export async function openTestOutbox(sealer: Sealer): Promise<TestOutbox> {
  const folder = mkdtempSync(join(tmpdir(), "postern-outbox-"));
  const url = `file:${join(folder, "postern.db")}`;
  const closes: (() => Promise<void>)[] = [];
  const open = async () => {
    const database = await openOrThrow(url);
    const writer = createWriter({
      database,
      sha256,
      clock: systemClock,
      onCommit: () => undefined,
    });
    closes.push(async () => {
      await writer.close();
      await database.close();
    });
    return { database, writer, sealer, random };
  };
  const own = await open();
  const store = createAuthStore(own);
  const eye = createClient({ url });
  const rows = async (where = "", args: readonly string[] = []) => {
    const found = await eye.execute({
      sql: `SELECT * FROM outbox ${where} ORDER BY id`,
      args: [...args],
    });
    return found.rows.map(outboxRow);
  };
  return {
    ...createOutbox(own),
    connect: async () => createOutbox(await open()),
    add: async (to, mail, at) => {
      const before = new Set((await rows()).map(({ id }) => id));
      await store.write(async (tx) => {
        await tx.queueMail(to, mail, at);
        return { value: null, event: eventOf(SYSTEM, { at, action: "signup" }) };
      });
      return one((await rows()).filter(({ id }) => !before.has(id))).id;
    },
    row: async (id) => one(await rows("WHERE id = ?", [id])),
    rows,
    close: async () => {
      eye.close();
      for (const close of closes) await close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function openOrThrow(url: string) {
  const opened = await openDatabase({ url, clock: systemClock });
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value;
}

function one(rows: readonly OutboxRow[]): OutboxRow {
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`Found ${rows.length} mails, not one`);
  return row;
}

function outboxRow(row: Row): OutboxRow {
  return {
    id: row["id"] as MailId,
    sealed: row["sealed"] as string | null,
    dueAt: Number(row["due_at"]),
    attempts: Number(row["attempts"]),
    sentAt: row["sent_at"] as number | null,
    deadAt: row["dead_at"] as number | null,
    errorClass: row["error_class"] as string | null,
  };
}
