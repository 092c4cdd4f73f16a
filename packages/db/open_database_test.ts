import { Database as Sqlite } from "bun:sqlite";
import { afterAll, expect, test } from "bun:test";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cell } from "./_rows.ts";
import { addUser, freshPath, NOW, newUser, openTest, removeDatabase } from "./_testing.ts";
import { openDatabase } from "./open_database.ts";

const clock = { now: () => NOW };
const made: string[] = [];

function fresh(): { readonly url: string; readonly path: string } {
  const path = freshPath();
  made.push(`file:${path}`);
  return { url: `file:${path}`, path };
}

afterAll(() => {
  for (const url of made) removeDatabase(url);
});

async function refusal(url: string, authToken?: string) {
  const opened = await openDatabase({ url, authToken, clock });
  if (opened.ok) {
    await opened.value.close();
    throw new Error(`${url} was opened`);
  }
  expect(opened.error.detail).not.toContain("\n");
  return opened.error;
}

test("openDatabase() makes the directory and the file, for its owner alone", async () => {
  const { path } = fresh();
  const nested = join(dirname(path), "deep", "er", "test.db");
  await using opened = await openTest(`file:${nested}`);
  await addUser(opened.store, newUser("ada"));
  expect(statSync(dirname(nested)).mode & 0o777).toBe(0o700);
  const files = readdirSync(dirname(nested));
  expect(files.toSorted()).toEqual(["test.db", "test.db-shm", "test.db-wal"]);
  for (const file of files) expect(statSync(join(dirname(nested), file)).mode & 0o777).toBe(0o600);
});

test("openDatabase() decodes a path as the client does", async () => {
  const { path } = fresh();
  const spaced = join(dirname(path), "a b.db");
  await using opened = await openTest(`file:${dirname(path)}/a%20b.db`);
  expect(await opened.store.listKeys()).toEqual([]);
  expect(existsSync(spaced)).toBe(true);
  expect(readdirSync(dirname(path)).every((name) => name.startsWith("a b.db"))).toBe(true);
});

test("openDatabase() commits in order to a log, keeps references, and reads without the right to write", async () => {
  const { url } = fresh();
  await using opened = await openTest(url);
  const { database, writer } = opened;
  await writer.run(async (tx) => {
    expect(await cell(tx, "PRAGMA journal_mode", [])).toBe("wal");
    expect(await cell(tx, "PRAGMA synchronous", [])).toBe(1);
    expect(await cell(tx, "PRAGMA foreign_keys", [])).toBe(1);
  });
  const write = database.reader.execute({ sql: "DELETE FROM limits", args: [] });
  expect(write).rejects.toThrow("readonly");
});

test("openDatabase() empties the log into the file when it closes", async () => {
  const { url, path } = fresh();
  {
    await using opened = await openTest(url);
    await addUser(opened.store, newUser("ada"));
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
  }
  expect(statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
  await using again = await openTest(url);
  expect((await again.store.findUserByUsername("ada"))?.email).toBe("ada@example.com");
});

test("openDatabase() refuses a file that is no database, and leaves it as it is", async () => {
  const { url, path } = fresh();
  const text = "This is a letter, and long enough to be taken for the head of a file. ".repeat(40);
  writeFileSync(path, text);
  expect((await refusal(url)).code).toBe("not_a_database");
  expect(await Bun.file(path).text()).toBe(text);
});

test("openDatabase() refuses the database of another program", async () => {
  const { url, path } = fresh();
  const other = new Sqlite(path, { create: true });
  other.run("CREATE TABLE notes (id INTEGER PRIMARY KEY)");
  other.close();
  expect((await refusal(url)).code).toBe("foreign");
});

test("openDatabase() refuses a database that is newer than the code", async () => {
  const { url, path } = fresh();
  await (await openTest(url))[Symbol.asyncDispose]();
  const later = new Sqlite(path);
  later.run("INSERT INTO migrations (tag, applied_at) VALUES ('9999_later', 1)");
  later.close();
  const error = await refusal(url);
  expect(error.code).toBe("newer");
  expect(error.detail).toContain("9999_later");
});

/** Another process that holds the lock until it is killed: two SQLite libraries in one process do not see each other's. */
async function holdLock(path: string) {
  const code = `
    const { Database } = await import("bun:sqlite");
    const held = new Database(${JSON.stringify(path)});
    held.run("BEGIN IMMEDIATE");
    console.log("held");
    setInterval(() => held.inTransaction, 1_000);
  `;
  const child = Bun.spawn([process.execPath, "-e", code], { stdout: "pipe" });
  await child.stdout.getReader().read();
  return child;
}

test("openDatabase() says so when another process holds the lock", async () => {
  const { url, path } = fresh();
  await (await openTest(url))[Symbol.asyncDispose]();
  const holder = await holdLock(path);
  const started = performance.now();
  expect((await refusal(url)).code).toBe("locked");
  expect(performance.now() - started).toBeGreaterThan(4_000);
  holder.kill();
  await holder.exited;
}, 180_000);

test("openDatabase() waits for a lock that is let go of", async () => {
  const { url, path } = fresh();
  await (await openTest(url))[Symbol.asyncDispose]();
  const holder = await holdLock(path);
  let isOpen = false;
  const opening = openTest(url).finally(() => {
    isOpen = true;
  });
  await Bun.sleep(300);
  expect(isOpen).toBe(false);
  holder.kill();
  await using opened = await opening;
  expect(await opened.store.listKeys()).toEqual([]);
  await holder.exited;
});

test("openDatabase() refuses what cannot be opened, in one line", async () => {
  const { path } = fresh();
  writeFileSync(path, "");
  expect((await refusal(`file:${path}/below/a/file.db`)).code).toBe("cannot_open");
  expect((await refusal(`file:${dirname(path)}`)).code).toBe("cannot_open");
});

test("openDatabase() refuses URLs of no database", async () => {
  for (const url of [
    "",
    "file:",
    "data/postern.db",
    ":memory:",
    "file::memory:",
    "postgres://x/y",
  ]) {
    expect((await refusal(url)).code).toBe("bad_url");
  }
});

test("openDatabase() never names the token of a server", async () => {
  const error = await refusal("http://user:canary-1@127.0.0.1:1/?authToken=canary-2", "canary-3");
  expect(error.code).toBe("cannot_open");
  expect(error.detail).not.toContain("canary");
});
