import { afterAll, expect, test } from "bun:test";
import type { Change, SessionId, UserId } from "@postern/auth";
import { days, epochMs } from "@postern/std";
import { cell, column } from "./_rows.ts";
import {
  addSession,
  addUser,
  event,
  freshPath,
  NOW,
  newUser,
  openTest,
  removeDatabase,
  uuid,
} from "./_testing.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { store, writer, database } = opened;
const { changesAfter, purge } = store.bookkeeping;

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

async function count(table: string): Promise<number> {
  return Number(await cell(database.reader, `SELECT count(*) FROM ${table}`, []));
}

test("beat() writes the time into the one row that there is for it", async () => {
  await using own = await openTest();
  await own.store.bookkeeping.beat(NOW);
  await own.store.bookkeeping.beat(epochMs(NOW + 1));
  const rows = "SELECT json_array(count(*), max(at)) FROM heartbeat";
  expect(await cell(own.database.reader, rows, [])).toBe(JSON.stringify([1, NOW + 1]));
  removeDatabase(own.url);
});

test("changesAfter() gives what other instances wrote, each once, and where to go on", async () => {
  const start = (await changesAfter(Number.MAX_SAFE_INTEGER)).position;
  const sent: readonly Change[] = [
    { kind: "session_ended", sessionId: "s-1" as SessionId, reason: "blocked" },
    { kind: "user_changed", userId: 12 as UserId },
    { kind: "keys_changed" },
    { kind: "limits_changed" },
    { kind: "providers_changed" },
    { kind: "mail_queued" },
  ];
  await store.write(async (tx) => {
    for (const change of [...sent, ...sent]) tx.announce(change);
    return { value: null, event: event() };
  });
  const read = await changesAfter(start);
  expect(read).toEqual({ changes: sent, position: start + sent.length, isGap: false });
  expect(await changesAfter(start + 2)).toEqual({
    changes: sent.slice(2),
    position: read.position,
    isGap: false,
  });
  expect(await changesAfter(read.position)).toEqual({
    changes: [],
    position: read.position,
    isGap: false,
  });
});

test("changesAfter() tells of changes that were deleted before they were read", async () => {
  await using own = await openTest();
  const { bookkeeping, write } = own.store;
  for (let index = 0; index < 3; index += 1) {
    await write(async (tx) => {
      tx.announce({ kind: "keys_changed" });
      return { value: null, event: event() };
    });
  }
  await own.writer.run(async (tx) => {
    await tx.execute({ sql: "UPDATE changes SET at = ?", args: [NOW - days(1)] });
  });
  const { position } = await bookkeeping.changesAfter(Number.MAX_SAFE_INTEGER);
  await bookkeeping.purge(NOW);
  expect((await bookkeeping.changesAfter(position - 2)).isGap).toBe(true);
  expect((await bookkeeping.changesAfter(position - 1)).isGap).toBe(false);
  expect(await bookkeeping.changesAfter(position)).toEqual({ changes: [], position, isGap: false });
  expect((await bookkeeping.changesAfter(position + 1)).isGap).toBe(true);
  expect((await bookkeeping.changesAfter(Number.MAX_SAFE_INTEGER)).isGap).toBe(false);
});

test("changesAfter() passes over a change that it does not know", async () => {
  const { position } = await changesAfter(Number.MAX_SAFE_INTEGER);
  await writer.run(async (tx) => {
    tx.announce({ kind: "keys_changed" });
    await tx.execute({
      sql: "INSERT INTO changes (at, kind) VALUES (?, 'from_the_future')",
      args: [NOW],
    });
  });
  const read = await changesAfter(position);
  expect(read).toEqual({
    changes: [{ kind: "keys_changed" }],
    position: position + 2,
    isGap: false,
  });
});

test("purge() deletes what has run out, however much, and nothing else", async () => {
  const user = await addUser(store, newUser("purged"));
  const old = epochMs(NOW - days(61));
  const kept = await addSession(store, user.id);
  const ended = await addSession(store, user.id);
  const justEnded = await addSession(store, user.id);
  await addSession(store, user.id, { createdAt: old });
  await addSession(store, user.id, { createdAt: epochMs(NOW - days(59)) });
  await store.write(async (tx) => {
    await tx.endSessions({ id: ended.session.id }, epochMs(NOW - days(30)), "logout");
    await tx.endSessions({ id: justEnded.session.id }, epochMs(NOW - days(30) + 1), "logout");
    await tx.queueMail("old@example.com", { kind: "signup_existing" }, epochMs(NOW - days(8)));
    await tx.queueMail("new@example.com", { kind: "signup_existing" }, NOW);
    for (let index = 0; index < 1_200; index += 1) {
      const expiresAt = index < 1_150 ? NOW : epochMs(NOW + 1);
      await tx.insertLink({
        tokenHash: `purge${index}`,
        kind: "reset_password",
        userId: user.id,
        email: user.email,
        browserHash: null,
        createdAt: old,
        expiresAt,
      });
      await tx.insertSignup({
        id: uuid() as never,
        email: `purge${index}@example.com`,
        username: `purge${index}`,
        name: null,
        passwordHash: "",
        browserHash: null,
        linkHash: `purge${index}`,
        linkExpiresAt: NOW,
        createdAt: old,
        expiresAt,
      });
    }
    return { value: null, event: event() };
  });
  await writer.run(async (tx) => {
    await tx.execute({ sql: "UPDATE changes SET at = ?", args: [NOW - days(1)] });
  });
  const { position } = await changesAfter(Number.MAX_SAFE_INTEGER);
  const events = await count("events");
  await purge(NOW);
  expect(await count("links")).toBe(50);
  expect(await count("signups")).toBe(50);
  expect(await count("outbox")).toBe(1);
  const ids = await column(
    database.reader,
    "SELECT id FROM sessions WHERE user_id = ? ORDER BY id",
    [user.id],
  );
  expect(ids).toHaveLength(3);
  expect(ids).toContain(kept.session.id);
  expect(ids).toContain(justEnded.session.id);
  expect(await store.findRefreshToken(ended.token.id)).toBeNull();
  expect(await count("changes")).toBe(1);
  expect((await changesAfter(Number.MAX_SAFE_INTEGER)).position).toBe(position);
  expect(await count("events")).toBe(events);
});

test("purge() lets other writes in between", async () => {
  await writer.run(async (tx) => {
    const sql = `
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
      INSERT INTO signups SELECT 'p' || i, 'e', 'e', 'u', NULL, '', NULL, 'between' || i, 1, 1, 1 FROM n
    `;
    await tx.execute({ sql, args: [] });
  });
  const order: string[] = [];
  const purging = purge(NOW).then(() => order.push("purged"));
  await Bun.sleep(0);
  await writer.run(async () => order.push("written"));
  await purging;
  expect(order).toEqual(["written", "purged"]);
});
