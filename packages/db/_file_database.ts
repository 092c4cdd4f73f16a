/**
 * A database in a file: one connection that writes, one that reads.
 *
 * Every call of the engine is synchronous, so more than one connection for reads gains nothing. What
 * a commit waits for, the disk, is waited for off the event loop.
 *
 * @module
 */

import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { untilFree } from "./_busy.ts";
import type { Connection } from "./_connection.ts";
import { type DurableLog, openDurableLog } from "./_durable_log.ts";
import type { Answer, Statement } from "./_rows.ts";
import type { Database, Transaction } from "./database.ts";

/** Mode of a new database file: it holds password hashes. SQLite gives its companions the same. */
const FILE_MODE = 0o600;

/** Mode of a new directory. */
const DIRECTORY_MODE = 0o700;

/** Longest wait of a read, milliseconds. Readers wait only while a log is being recovered. */
const READ_TIMEOUT_MS = 5_000;

/**
 * WAL: readers and the writer do not wait for each other. NORMAL: a commit does not wait for the disk;
 * what acknowledges it does, by `settle`.
 */
const WRITER_PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA foreign_keys = ON;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA cache_size = -8000;
`;

/** The read makes the log, if there was none. */
const READER_PRAGMAS = `
  PRAGMA query_only = ON;
  PRAGMA cache_size = -8000;
  SELECT count(*) FROM sqlite_master;
`;

/** Opens a file, and makes it and its directory where there is none. */
export async function openFileDatabase(path: string): Promise<Database> {
  if (!existsSync(path)) makeFile(path);
  const { Connection } = await import("./_connection.ts");
  const writer = new Connection(path);
  const reader = new Connection(path, READ_TIMEOUT_MS);
  try {
    await untilFree(async () => writer.run(WRITER_PRAGMAS));
    reader.run(READER_PRAGMAS);
    const log = await openDurableLog(path);
    return {
      reader,
      begin: () => untilFree(async () => beginImmediate(writer, log)),
      settle: () => log.settle(),
      close: () => closeAll({ reader, writer, log }),
    };
  } catch (cause) {
    reader.close();
    writer.close();
    throw cause;
  }
}

/** Only where there is none: to close a file lets go of every lock that this process has on it. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: DIRECTORY_MODE });
  closeSync(openSync(path, "a", FILE_MODE));
}

/** Moves the log into the file: whoever opens it next has nothing to recover. */
async function closeAll(parts: {
  readonly reader: Connection;
  readonly writer: Connection;
  readonly log: DurableLog;
}): Promise<void> {
  const { reader, writer, log } = parts;
  try {
    await log.close();
    reader.close();
    if (!writer.isInTransaction) writer.run("PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    reader.close();
    writer.close();
  }
}

function beginImmediate(writer: Connection, log: DurableLog): Transaction {
  log.assertSound();
  writer.run("BEGIN IMMEDIATE");
  return new FileTransaction(writer);
}

/** Lends a connection until it ends: what comes later must not run outside of it. */
class FileTransaction implements Transaction {
  #connection: Connection | null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async execute(statement: Statement): Promise<Answer> {
    return await this.#open().execute(statement);
  }

  async executeMultiple(sql: string): Promise<void> {
    this.#open().run(sql);
  }

  async commit(): Promise<void> {
    this.#open().run("COMMIT");
    this.#connection = null;
  }

  close(): void {
    const connection = this.#connection;
    this.#connection = null;
    if (connection?.isInTransaction === true) connection.run("ROLLBACK");
  }

  #open(): Connection {
    if (this.#connection === null) throw new TypeError("Cannot use a transaction: it has ended");
    return this.#connection;
  }
}
