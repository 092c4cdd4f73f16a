/**
 * An outbox in a libSQL file of its own, for tests of whoever sends from it.
 *
 * @module
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient, type Row } from "@libsql/client";
import {
  type ClaimedMail,
  giveUpAt,
  letterContext,
  type Mail,
  type MailId,
  type Outbox,
  packLetter,
} from "@postern/auth";
import { type EpochMs, epochMs } from "@postern/std";

/** A row, as a test looks at it. */
export interface OutboxRow {
  readonly sealed: string | null;
  readonly dueAt: number;
  readonly attempts: number;
  readonly sentAt: number | null;
  readonly deadAt: number | null;
  readonly errorClass: string | null;
}

/** An outbox, and what a test needs beside the port. */
export interface TestOutbox extends Outbox {
  /** Another connection to the same file. */
  connect(): Outbox;
  add(to: string, mail: Mail, at: EpochMs): Promise<MailId>;
  row(id: MailId): Promise<OutboxRow>;
  rows(): Promise<readonly OutboxRow[]>;
  close(): void;
}

const WAITING = "sent_at IS NULL AND dead_at IS NULL";

/** Makes an outbox. `seal` seals a text for a context. */
export async function openTestOutbox(
  seal: (context: string, text: string) => string,
): Promise<TestOutbox> {
  const folder = mkdtempSync(join(tmpdir(), "postern-outbox-"));
  const url = `file:${join(folder, "outbox.db")}`;
  const clients = [createClient({ url })];
  const [client] = clients as [Client];
  await client.executeMultiple(
    `PRAGMA journal_mode = WAL; CREATE TABLE outbox (id TEXT PRIMARY KEY, sealed TEXT, created_at INTEGER, due_at INTEGER,
      give_up_at INTEGER, attempts INTEGER, sent_at INTEGER, dead_at INTEGER, error_class TEXT);`,
  );
  const rows = async (): Promise<readonly OutboxRow[]> => {
    const found = await client.execute("SELECT * FROM outbox ORDER BY id");
    return found.rows.map(outboxRow);
  };
  return {
    ...outboxOver(client),
    connect: () => {
      const other = createClient({ url });
      clients.push(other);
      return outboxOver(other);
    },
    add: async (to, mail, at) => {
      const id = Bun.randomUUIDv7() as MailId;
      const sealed = seal(letterContext(id), packLetter({ to, mail }));
      await client.execute({
        sql: "INSERT INTO outbox VALUES (?, ?, ?, ?, ?, 0, NULL, NULL, NULL)",
        args: [id, sealed, at, at, giveUpAt(mail, at)],
      });
      return id;
    },
    row: async (id) => {
      const found = await client.execute({ sql: "SELECT * FROM outbox WHERE id = ?", args: [id] });
      const [row] = found.rows;
      if (row === undefined) throw new Error(`No mail ${id}`);
      return outboxRow(row);
    },
    rows,
    close: () => {
      for (const each of clients) each.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function outboxOver(client: Client): Outbox {
  const run = (sql: string, args: (string | number | null)[] = []) =>
    whenFree(() => client.execute({ sql, args }));
  return {
    claimDue: async (limit, now, leaseMs) => {
      const claimed = await run(
        `UPDATE outbox SET due_at = ?, attempts = attempts + 1 WHERE id IN
          (SELECT id FROM outbox WHERE ${WAITING} AND due_at <= ? ORDER BY due_at LIMIT ?) AND due_at <= ? RETURNING *`,
        [now + leaseMs, now, limit, now],
      );
      return claimed.rows.map(claimOf);
    },
    markSent: async ({ id }, at) => {
      await run("UPDATE outbox SET sent_at = ?, sealed = NULL WHERE id = ?", [at, id]);
    },
    markFailed: async ({ id, attempt }, nextAt, errorClass) => {
      await run(
        `UPDATE outbox SET due_at = ?, error_class = ? WHERE id = ? AND attempts = ? AND ${WAITING}`,
        [nextAt, errorClass, id, attempt],
      );
    },
    markDead: async ({ id, attempt }, at, errorClass) => {
      await run(
        `UPDATE outbox SET dead_at = ?, sealed = NULL, error_class = ? WHERE id = ? AND attempts = ? AND ${WAITING}`,
        [at, errorClass, id, attempt],
      );
    },
    nextDueAt: async () => {
      const found = await run(`SELECT min(due_at) AS due FROM outbox WHERE ${WAITING}`);
      const due = found.rows[0]?.["due"];
      return typeof due === "number" ? epochMs(due) : null;
    },
    backlog: async () => {
      const found = await run(
        `SELECT count(*) AS waiting, min(created_at) AS oldest FROM outbox WHERE ${WAITING}`,
      );
      const waiting = found.rows[0]?.["waiting"];
      const oldest = found.rows[0]?.["oldest"];
      return {
        waiting: Number(waiting),
        oldestAt: typeof oldest === "number" ? epochMs(oldest) : null,
      };
    },
  };
}

/** Two connections to one file get in each other's way now and then. */
async function whenFree<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 100 || !String(error).includes("BUSY")) throw error;
      await Bun.sleep(2 + (attempt % 7));
    }
  }
}

function claimOf(row: Row): ClaimedMail {
  return {
    id: row["id"] as MailId,
    attempt: Number(row["attempts"]),
    createdAt: epochMs(Number(row["created_at"])),
    giveUpAt: epochMs(Number(row["give_up_at"])),
    sealed: String(row["sealed"]),
  };
}

function outboxRow(row: Row): OutboxRow {
  return {
    sealed: row["sealed"] as string | null,
    dueAt: Number(row["due_at"]),
    attempts: Number(row["attempts"]),
    sentAt: row["sent_at"] as number | null,
    deadAt: row["dead_at"] as number | null,
    errorClass: row["error_class"] as string | null,
  };
}
