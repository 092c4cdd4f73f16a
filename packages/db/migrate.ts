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
import { change, column, type Runner } from "./_rows.ts";
import type { Database, Transaction } from "./database.ts";

/** Why a database cannot be brought up. */
export type MigrateError =
  /** It has migrations that this code does not know. */
  | { readonly code: "newer"; readonly unknown: readonly string[] }
  /** It has tables, and none of them tells of migrations. */
  | { readonly code: "foreign" };

const FOLDER = join(import.meta.dir, "migrations");
/** Tables, but for those that the database makes for itself. */
const TABLES = `
  SELECT name FROM sqlite_master
  WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT LIKE 'libsql!_%' ESCAPE '!'
`;

const BREAKPOINT = "--> statement-breakpoint";

/**
 * Applies the migrations that a database lacks, in one transaction. Several processes may do so at once.
 *
 * @param now Kept beside each migration that is applied.
 * @returns Names of those that were applied.
 */
export async function migrate(
  database: Database,
  now: EpochMs,
): Promise<Result<readonly string[], MigrateError>> {
  const known = knownMigrations();
  const missing = await missingFrom(database.reader, known);
  if (!missing.ok || missing.value.length === 0) return missing;
  const transaction = await database.begin();
  try {
    const still = await missingFrom(transaction, known);
    if (still.ok) await apply(transaction, still.value, now);
    await transaction.commit();
    return still;
  } finally {
    transaction.close();
  }
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
  tags: readonly string[],
  now: EpochMs,
): Promise<void> {
  await transaction.executeMultiple(
    "CREATE TABLE IF NOT EXISTS migrations (tag text PRIMARY KEY NOT NULL, applied_at integer NOT NULL)",
  );
  for (const tag of tags) {
    const text = readFileSync(join(FOLDER, `${tag}.sql`), "utf8");
    for (const statement of text.split(BREAKPOINT)) await transaction.executeMultiple(statement);
    await change(transaction, "INSERT INTO migrations (tag, applied_at) VALUES (?, ?)", [tag, now]);
  }
}
