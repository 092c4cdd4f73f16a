/**
 * Migrations of a database that has rows: what they tell, and what is left where one is interrupted.
 *
 * @module
 */

import { Database } from "bun:sqlite";
import { afterAll, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { freshPath, NOW, openTest, removeDatabase } from "./_testing.ts";
import type { MigrationStep } from "./migrate.ts";
import { openDatabase } from "./open_database.ts";

const MIGRATIONS = join(import.meta.dir, "migrations");
const TAGS = readdirSync(MIGRATIONS)
  .filter((name) => name.endsWith(".sql"))
  .map((name) => name.replace(".sql", ""))
  .toSorted();

/** How many of them the older database has. */
const APPLIED = 8;

const SESSIONS = 20_000;

const urls: string[] = [];

afterAll(() => urls.forEach(removeDatabase));

/** A database as an older server left it, with a user and sessions. */
function olderDatabase(): { readonly path: string; readonly url: string } {
  const path = freshPath();
  urls.push(`file:${path}`);
  const database = new Database(path);
  database.run("PRAGMA journal_mode = WAL");
  database.run(
    "CREATE TABLE migrations (tag text PRIMARY KEY NOT NULL, applied_at integer NOT NULL)",
  );
  for (const tag of TAGS.slice(0, APPLIED)) {
    database.run(readFileSync(join(MIGRATIONS, `${tag}.sql`), "utf8"));
    database.run("INSERT INTO migrations VALUES (?, 0)", [tag]);
  }
  database.run(
    "INSERT INTO users (username, email, email_key, email_verified, created_at) VALUES ('a', 'a@b.c', 'a@b.c', 1, 0)",
  );
  database.run(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${SESSIONS})
     INSERT INTO sessions (id, secret_hash, user_id, kind, method, created_at, seen_at, idle_ms, absolute_ms)
     SELECT 's' || i, 's' || i, 1, 'browser', 'password', 0, 0, 1, 1 FROM n`,
  );
  database.close();
  return { path, url: `file:${path}` };
}

function appliedTo(path: string): readonly string[] {
  const database = new Database(path);
  const rows = database.query<{ tag: string }, []>("SELECT tag FROM migrations ORDER BY tag").all();
  expect(database.query("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
  database.close();
  return rows.map(({ tag }) => tag);
}

/** A start that stands still for ever at a step of a migration: within its transaction. */
function startThatStopsAt(url: string, tag: string) {
  const code = `
    const { openDatabase } = await import(${JSON.stringify(join(import.meta.dir, "open_database.ts"))});
    let seen = 0;
    await openDatabase({
      url: ${JSON.stringify(url)},
      clock: { now: () => 1 },
      onMigrationStep({ migration }) {
        if (migration !== ${JSON.stringify(tag)} || (seen += 1) < 2) return;
        require("node:fs").writeSync(1, "stopped");
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      },
    });
    require("node:fs").writeSync(1, "never stopped");
  `;
  return Bun.spawn([process.execPath, "-e", code], { stdout: "pipe", stderr: "inherit" });
}

test("a start tells of each step, with its share and about how many rows the table has", async () => {
  const { url } = olderDatabase();
  const steps: MigrationStep[] = [];
  const opened = await openDatabase({
    url,
    clock: { now: () => NOW },
    onMigrationStep: (step) => steps.push(step),
  });
  if (!opened.ok) throw new Error(opened.error.detail);
  await opened.value.close();
  expect(steps.map(({ step }) => step)).toEqual(steps.map((_, index) => index + 1));
  expect(steps.every(({ steps: all }) => all === steps.length)).toBe(true);
  expect([...new Set(steps.map(({ migration }) => migration))]).toEqual(TAGS.slice(APPLIED));
  const ofSessions = steps.filter(({ table }) => table === "sessions");
  expect(ofSessions.length).toBeGreaterThan(0);
  expect(ofSessions.every(({ rows }) => rows === SESSIONS)).toBe(true);
});

test("a start of a new database tells of no steps", async () => {
  const url = `file:${freshPath()}`;
  urls.push(url);
  const steps: MigrationStep[] = [];
  const onMigrationStep = (step: MigrationStep) => steps.push(step);
  const opened = await openDatabase({ url, clock: { now: () => NOW }, onMigrationStep });
  if (opened.ok) await opened.value.close();
  expect([opened.ok, steps.length]).toEqual([true, 0]);
});

test("a migration that kill -9 or SIGTERM interrupts leaves nothing, and the next start goes on with it", async () => {
  for (const signal of ["SIGKILL", "SIGTERM"] as const) {
    const { path, url } = olderDatabase();
    const [, second = ""] = TAGS.slice(APPLIED);
    const child = startThatStopsAt(url, second);
    const { value } = await child.stdout.getReader().read();
    expect(new TextDecoder().decode(value)).toBe("stopped");
    child.kill(signal);
    await child.exited;
    expect(appliedTo(path)).toEqual(TAGS.slice(0, APPLIED + 1));
    const opened = await openTest(url);
    await opened[Symbol.asyncDispose]();
    expect(appliedTo(path)).toEqual(TAGS);
  }
});
