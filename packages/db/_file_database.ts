/**
 * A database in a file: one connection that writes, one that reads.
 *
 * Measured on @libsql/client 0.18 with libsql 0.5.29:
 * - A client keeps a pool, and a PRAGMA holds for one connection of it. A pool of one is one connection.
 * - Every call is synchronous inside, so more than one connection for reads gains nothing.
 * - `synchronous` is FULL and `foreign_keys` on by default, so a connection that the pool had to
 *   replace is as safe as the first.
 * - A statement that fails busy stays in progress until it is collected as garbage, and every COMMIT
 *   fails till then ("SQL statements in progress"). What may fail busy therefore goes through
 *   `executeMultiple`, which finalizes it.
 *
 * @see https://github.com/tursodatabase/libsql-js/pull/238
 * @module
 */

import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import type { Client, Transaction } from "@libsql/client";
import { untilFree } from "./_busy.ts";
import type { Database } from "./database.ts";

/** Mode of a new database file: it holds password hashes. SQLite gives its companions the same. */
const FILE_MODE = 0o600;

/** Mode of a new directory. */
const DIRECTORY_MODE = 0o700;

/** Longest wait of a read, milliseconds. Readers wait only while a log is being recovered. */
const READ_TIMEOUT_MS = 5_000;

/** WAL: readers and the writer do not wait for each other. FULL: a commit survives power loss. */
const WRITER_PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA cache_size = -8000;
`;

const READER_PRAGMAS = `
  PRAGMA query_only = ON;
  PRAGMA cache_size = -8000;
`;

/** Opens a file, and makes it and its directory where there is none. */
export async function openFileDatabase(url: string, path: string): Promise<Database> {
  if (!existsSync(path)) makeFile(path);
  const { createClient } = await import("@libsql/client/sqlite3");
  const writer = createClient({ url, concurrency: 1 });
  const reader = createClient({ url, concurrency: 1, timeout: READ_TIMEOUT_MS });
  try {
    await untilFree(() => writer.executeMultiple(WRITER_PRAGMAS));
    await reader.executeMultiple(READER_PRAGMAS);
  } catch (cause) {
    reader.close();
    writer.close();
    throw cause;
  }
  return {
    reader,
    begin: () => untilFree(() => beginImmediate(writer)),
    close: () => closeBoth(reader, writer),
  };
}

/** Only where there is none: to close a file lets go of every lock that this process has on it. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: DIRECTORY_MODE });
  closeSync(openSync(path, "a", FILE_MODE));
}

async function beginImmediate(writer: Client): Promise<Transaction> {
  const transaction = await writer.transaction("deferred");
  try {
    await transaction.executeMultiple("ROLLBACK; BEGIN IMMEDIATE");
  } catch (cause) {
    transaction.close();
    throw cause;
  }
  return transaction;
}

/** Moves the log into the file first: the client leaves that to whoever opens it next. */
async function closeBoth(reader: Client, writer: Client): Promise<void> {
  reader.close();
  await writer.executeMultiple("PRAGMA wal_checkpoint(TRUNCATE)");
  writer.close();
}
