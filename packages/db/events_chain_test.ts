/**
 * The chain of events under several processes, under sudden death, and against tampering.
 *
 * @module
 */

import { afterAll, expect, test } from "bun:test";
import { join } from "node:path";
import { CHAIN_START, follows } from "@postern/auth";
import { event, freshPath, newUser, openTest, removeDatabase, sha256 } from "./_testing.ts";

const made: string[] = [];
const TESTING = JSON.stringify(join(import.meta.dir, "_testing.ts"));

function freshUrl(): string {
  const url = `file:${freshPath()}`;
  made.push(url);
  return url;
}

afterAll(() => {
  for (const url of made) removeDatabase(url);
});

/** Verifies the whole chain, and gives its length. */
async function verifiedLength(url: string): Promise<number> {
  await using opened = await openTest(url);
  let previous = { seq: 0, hash: CHAIN_START };
  while (true) {
    const next = await opened.store.readChain(previous.seq + 1, 500);
    for (const each of next) {
      if (!follows(sha256, previous, each)) throw new Error(`Event ${each.seq} does not follow`);
      previous = each;
    }
    if (next.length < 500) return previous.seq;
  }
}

/** Writes users with events, several at a time, and prints the name of each that was acknowledged. */
function spawnWriter(url: string, prefix: string, count: number) {
  const code = `
    const { addUser, newUser, openTest } = await import(${TESTING});
    await using opened = await openTest(${JSON.stringify(url)});
    for (let index = 0; index < ${count}; index += 8) {
      await Promise.all(Array.from({ length: 8 }, async (_, slot) => {
        const name = ${JSON.stringify(prefix)} + (index + slot);
        await addUser(opened.store, newUser(name));
        require("node:fs").writeSync(1, name + "\\n");
      }));
    }
  `;
  return Bun.spawn([process.execPath, "-e", code], { stdout: "pipe", stderr: "pipe" });
}

test("two processes that write at once make one chain", async () => {
  const url = freshUrl();
  await (await openTest(url))[Symbol.asyncDispose]();
  const children = [spawnWriter(url, "left-", 160), spawnWriter(url, "right-", 160)];
  for (const child of children) {
    expect(await new Response(child.stderr).text()).toBe("");
    expect((await new Response(child.stdout).text()).trim().split("\n")).toHaveLength(160);
  }
  expect(await verifiedLength(url)).toBe(320);
}, 180_000);

test("kill -9 in the middle of writes loses nothing that was acknowledged, and leaves a whole chain", async () => {
  const url = freshUrl();
  await (await openTest(url))[Symbol.asyncDispose]();
  const acknowledged: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    const child = spawnWriter(url, `round${round}-`, 1_000_000);
    const reader = child.stdout.getReader();
    let text = "";
    while (text.split("\n").length < 40 + round * 17) {
      const { value, done } = await reader.read();
      if (done) throw new Error(await new Response(child.stderr).text());
      text += new TextDecoder().decode(value);
    }
    child.kill("SIGKILL");
    while (true) {
      const { value, done } = await reader.read();
      if (done) break;
      text += new TextDecoder().decode(value);
    }
    await child.exited;
    acknowledged.push(...text.split("\n").slice(0, -1));
  }
  expect(await verifiedLength(url)).toBeGreaterThanOrEqual(acknowledged.length);
  await using opened = await openTest(url);
  for (const name of acknowledged) {
    if ((await opened.store.findUserByUsername(name)) === null) throw new Error(`${name} is gone`);
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(5 * 40);
  const { items } = await opened.store.listUsers(undefined, { limit: 1 });
  const users = items[0]?.id ?? 0;
  expect(await verifiedLength(url)).toBe(users);
}, 180_000);

test("an event cannot be changed, removed, replaced, or put anywhere but at the end (tampering)", async () => {
  await using opened = await openTest(freshUrl());
  const { store, writer } = opened;
  for (let count = 0; count < 3; count += 1) {
    await store.write(async () => ({ value: null, event: event() }));
  }
  const columns = "seq, at, action, actor_type, success, details, request_id, previous_hash, hash";
  const attempts = [
    "UPDATE events SET success = 0 WHERE seq = 2",
    "UPDATE events SET seq = 9 WHERE seq = 3",
    "DELETE FROM events WHERE seq = 3",
    "DELETE FROM events",
    `INSERT OR REPLACE INTO events (${columns}) SELECT ${columns} FROM events WHERE seq = 2`,
    `INSERT INTO events (${columns}) VALUES (9, 1, 'a', 'system', 1, '{}', '-', 'x', 'y')`,
    `INSERT INTO events (${columns}) VALUES (4, 1, 'a', 'system', 1, '{}', '-', 'x', 'y')`,
    `INSERT INTO events (${columns}) VALUES (NULL, 1, 'a', 'system', 1, '{}', '-', 'x', 'y')`,
  ];
  const before = await store.readChain(1, 10);
  for (const sql of attempts) {
    const attempt = writer.run(async (tx) => await tx.execute({ sql, args: [] }));
    await expect(attempt).rejects.toThrow(/an event (is never|goes at the end)/);
  }
  expect(await store.readChain(1, 10)).toEqual(before);
});

test("a chain goes on after the process that wrote it", async () => {
  const url = freshUrl();
  for (const name of ["ada", "bob"]) {
    await using opened = await openTest(url);
    const { store } = opened;
    await store.write(async (tx) => {
      await tx.insertUser(newUser(name));
      return { value: null, event: event({ details: { name } }) };
    });
  }
  expect(await verifiedLength(url)).toBe(2);
});
