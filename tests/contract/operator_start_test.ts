import { Database } from "bun:sqlite";
import { afterEach, beforeEach, expect, test } from "bun:test";
import { readdir, rm, unlink } from "node:fs/promises";
import { join } from "node:path";
import { runAdmin } from "../support/operator.ts";
import {
  complaintsOf,
  makeServerFolder,
  runServerToEnd,
  startServer,
} from "../support/server_process.ts";

let folder: string;

beforeEach(async () => {
  folder = await makeServerFolder();
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("a command in a folder without a database says so in one line, and makes nothing", async () => {
  const before = await readdir(folder);
  const end = await runAdmin({ folder }, "users", "list", "--json");
  expect([end.exitCode, end.stdout]).toEqual([1, ""]);
  expect(JSON.parse(end.stderr)).toMatchObject({ ok: false, code: "no_database" });
  expect(await readdir(folder)).toEqual(before);
});

test("a start without the key file of its database fails in one line, and makes no other key", async () => {
  await (await startServer({ folder })).stop();
  const path = join(folder, "data/postern.key");
  await unlink(path);
  const lines = complaintsOf(await runServerToEnd({ folder }));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("postern.key: it is missing");
  expect(await Bun.file(path).exists()).toBe(false);
}, 180_000);

test("a database that is no database leaves no key file behind", async () => {
  await Bun.write(join(folder, "data/postern.db"), "no database, just text ".repeat(100));
  expect(complaintsOf(await runServerToEnd({ folder }))).toHaveLength(1);
  expect(await Bun.file(join(folder, "data/postern.key")).exists()).toBe(false);
}, 180_000);

test("a start that nobody expected to fail says so in one line, without a stack", async () => {
  await (await startServer({ folder })).stop();
  breakTable("limits");
  const end = await runServerToEnd({ folder });
  expect([end.exitCode, end.stdout]).toEqual([1, ""]);
  const lines = complaintsOf(end);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^Cannot start: .*limits/);
  expect(lines[0]).not.toMatch(/\bat \S+:\d+|node_modules|\.ts\b/);
}, 180_000);

test("a command that nobody expected to fail says so in one line, without a stack", async () => {
  await (await startServer({ folder })).stop();
  breakTable("users");
  const plain = await runAdmin({ folder }, "users", "list");
  expect([plain.exitCode, plain.stdout]).toEqual([1, ""]);
  expect(plain.stderr).toMatch(/^[^\n]+users[^\n]*\n$/);
  expect(plain.stderr).not.toMatch(/\bat \S+:\d+|node_modules|\.ts\b/);
  const json = await runAdmin({ folder }, "users", "list", "--json");
  expect([json.exitCode, json.stdout]).toEqual([1, ""]);
  expect(JSON.parse(json.stderr)).toMatchObject({ ok: false, code: "internal" });
}, 180_000);

/** Takes a table away, as nobody does. */
function breakTable(name: string): void {
  const database = new Database(join(folder, "data/postern.db"));
  database.run(`ALTER TABLE ${name} RENAME TO ${name}_away`);
  database.close();
}
