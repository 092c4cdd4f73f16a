/**
 * Opens the database that DATABASE_URL names, and brings it up to date.
 *
 * @module
 */

import { type Clock, err, ok, type Result } from "@postern/std";
import { codeOf } from "./_busy.ts";
import { openFileDatabase } from "./_file_database.ts";
import { openRemoteDatabase } from "./_remote_database.ts";
import type { Database } from "./database.ts";
import { type MigrateError, type MigrationStep, migrate } from "./migrate.ts";

/** Where the database is. */
export interface DatabaseOptions {
  /** `file:` and a path, or `libsql://`, `https://` or `http://` and a server. */
  readonly url: string;
  /** For a server. */
  readonly authToken?: string | undefined;
  readonly clock: Clock;
  /** Told before each step of a migration, of a database that is not new. */
  readonly onMigrationStep?: ((step: MigrationStep) => void) | undefined;
}

/** Why the database cannot be used. */
export interface OpenDatabaseError {
  readonly code: "bad_url" | "cannot_open" | "locked" | "not_a_database" | MigrateError["code"];
  /** One line for the operator. No secret is in it. */
  readonly detail: string;
}

/** Opens the database, makes it where it is a file that is not there, and applies what migrations it lacks. */
export async function openDatabase(
  options: DatabaseOptions,
): Promise<Result<Database, OpenDatabaseError>> {
  const path = pathOf(options.url);
  if (!path.ok) return err(failure(options.url, "bad_url", path.error));
  let database: Database | undefined;
  try {
    database =
      path.value === null
        ? await openRemoteDatabase(options.url, options.authToken)
        : await openFileDatabase(path.value);
    const migrated = await migrate(database, {
      now: options.clock.now(),
      onStep: options.onMigrationStep,
    });
    if (migrated.ok) {
      await probeLock(database);
      return ok(database);
    }
    await database.close();
    return err(migrateFailure(options.url, migrated.error));
  } catch (cause) {
    await database?.close().catch(() => undefined);
    return err(openFailure(options.url, cause));
  }
}

/** The path in a `file:` URL, read as the client reads it; null for a server. */
function pathOf(url: string): Result<string | null, string> {
  if (/^(libsql|https?):\/\/[^/]/i.test(url)) return ok(null);
  const encoded = /^file:(?:\/\/[^/?#]*)?([^?#]*)/i.exec(url)?.[1] ?? "";
  if (encoded === "") return err("name a file: with a path, or a libsql:, https: or http: server");
  const path = decodeURIComponent(encoded);
  return path === ":memory:" ? err("one in memory loses its tables; name a file") : ok(path);
}

/** A start should tell at once that nothing can be written. */
async function probeLock(database: Database): Promise<void> {
  const transaction = await database.begin();
  transaction.close();
}

function migrateFailure(url: string, error: MigrateError): OpenDatabaseError {
  switch (error.code) {
    case "newer":
      return failure(url, error.code, `it is newer than this code (${error.unknown.join(", ")})`);
    case "foreign":
      return failure(url, error.code, "it has tables of another program");
  }
}

function openFailure(url: string, cause: unknown): OpenDatabaseError {
  switch (codeOf(cause)) {
    case "SQLITE_BUSY":
      return failure(url, "locked", "another process holds its lock");
    case "SQLITE_NOTADB":
      return failure(url, "not_a_database", "the file is not a database");
    case "SQLITE_CORRUPT":
      return failure(url, "not_a_database", "the file is damaged");
    default:
      return failure(url, "cannot_open", cause instanceof Error ? cause.message : String(cause));
  }
}

/** The query and the user part of a URL can hold a token, so they are left out. */
function failure(url: string, code: OpenDatabaseError["code"], reason: string): OpenDatabaseError {
  const place = url.replace(/[?#].*$/s, "").replace(/\/\/[^/]*@/, "//");
  const line = reason.replaceAll(/\s+/g, " ");
  return { code, detail: `Cannot open the database ${place}: ${line}` };
}
