/**
 * Brings a database to the tables that this code knows.
 *
 * Migrations are files that drizzle-kit made, in the order of its journal. Which ones a database
 * has is a table in it, so a start that finds them all there reads twice and writes nothing.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type EpochMs, err, ok, type Result } from "@postern/std";
import { nextTurn } from "./_next_turn.ts";
import { cell, change, column, type Runner } from "./_rows.ts";
import type { Database, Transaction } from "./database.ts";

/** Why a database cannot be brought up. */
export type MigrateError =
  /** It has migrations that this code does not know. */
  | { readonly code: "newer"; readonly unknown: readonly string[] }
  /** It has tables, and none of them tells of migrations. */
  | { readonly code: "foreign" };

/** A step of a migration that is about to begin: a statement. */
export interface MigrationStep {
  readonly migration: string;
  /** From 1, of all that this database lacks. */
  readonly step: number;
  readonly steps: number;
  /** Table that it changes or goes through, and about how many rows that has; null where it makes one. */
  readonly table: string | null;
  readonly rows: number | null;
}

const FOLDER = join(import.meta.dir, "migrations");
/** Tables, but for those that the database makes for itself. */
const TABLES = `
  SELECT name FROM sqlite_master
  WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT LIKE 'libsql!_%' ESCAPE '!'
`;

const BREAKPOINT = "--> statement-breakpoint";

/** How migrating is watched, and when it is. */
export interface MigrateOptions {
  /** Kept beside each migration that is applied. */
  readonly now: EpochMs;
  /** Told before each step; not of a database that is new. */
  readonly onStep?: ((step: MigrationStep) => void) | undefined;
}

/**
 * Applies the migrations that a database lacks, each in a transaction of its own: one that is interrupted
 * leaves nothing behind, and the next start goes on with it. Several processes may do so at once.
 *
 * @returns Names of those that were applied here.
 */
export async function migrate(
  database: Database,
  options: MigrateOptions,
): Promise<Result<readonly string[], MigrateError>> {
  const known = knownMigrations();
  const missing = await missingFrom(database.reader, known);
  if (!missing.ok || missing.value.length === 0) return missing;
  const isNew = missing.value.length === known.length;
  const applied: string[] = [];
  const watch = watchOf(missing.value, isNew ? undefined : options.onStep);
  for (const tag of missing.value) {
    const transaction = await database.begin();
    try {
      const still = await missingFrom(transaction, known);
      if (!still.ok) return still;
      if (!still.value.includes(tag)) continue;
      await apply(transaction, { tag, now: options.now, watch });
      await transaction.commit();
      applied.push(tag);
    } finally {
      transaction.close();
    }
  }
  return ok(applied);
}

/** Tells of a statement before it runs. */
type Watch = (runner: Runner, tag: string, statement: string) => Promise<void>;

const ON_TABLE =
  /^\s*(?:CREATE (?:UNIQUE )?INDEX \S+ ON|ALTER TABLE|UPDATE|DELETE FROM|DROP TABLE) [`"]?(\w+)/im;

function watchOf(tags: readonly string[], onStep: MigrateOptions["onStep"]): Watch {
  if (onStep === undefined) return () => Promise.resolve();
  const steps = tags.reduce((sum, tag) => sum + statementsOf(tag).length, 0);
  let step = 0;
  return async (runner, migration, statement) => {
    step += 1;
    const table = ON_TABLE.exec(statement)?.[1] ?? null;
    const rows = table === null ? null : await rowsOf(runner, table);
    onStep({ migration, step, steps, table, rows });
    // A statement takes all of this thread: what tells of it goes out before.
    await nextTurn();
  };
}

/** About: by the highest number that a row has. */
async function rowsOf(runner: Runner, table: string): Promise<number> {
  return Number((await cell(runner, `SELECT max(rowid) FROM "${table}"`, [])) ?? 0);
}

function statementsOf(tag: string): readonly string[] {
  return readFileSync(join(FOLDER, `${tag}.sql`), "utf8").split(BREAKPOINT);
}

function knownMigrations(): readonly string[] {
  const journal = JSON.parse(readFileSync(join(FOLDER, "meta", "_journal.json"), "utf8")) as {
    readonly entries: readonly { readonly tag: string }[];
  };
  return journal.entries.map((entry) => entry.tag);
}

async function missingFrom(
  runner: Runner,
  known: readonly string[],
): Promise<Result<readonly string[], MigrateError>> {
  const tables = await column(runner, TABLES, []);
  if (!tables.includes("migrations")) {
    return tables.length === 0 ? ok(known) : err({ code: "foreign" });
  }
  const applied = new Set(await column(runner, "SELECT tag FROM migrations", []));
  const unknown = [...applied].map(String).filter((tag) => !known.includes(tag));
  if (unknown.length > 0) return err({ code: "newer", unknown });
  return ok(known.filter((tag) => !applied.has(tag)));
}

async function apply(
  transaction: Transaction,
  { tag, now, watch }: { readonly tag: string; readonly now: EpochMs; readonly watch: Watch },
): Promise<void> {
  await transaction.executeMultiple(
    "CREATE TABLE IF NOT EXISTS migrations (tag text PRIMARY KEY NOT NULL, applied_at integer NOT NULL)",
  );
  for (const statement of statementsOf(tag)) {
    await watch(transaction, tag, statement);
    await transaction.executeMultiple(statement);
  }
  await change(transaction, "INSERT INTO migrations (tag, applied_at) VALUES (?, ?)", [tag, now]);
}
