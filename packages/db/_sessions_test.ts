import { afterAll, expect, test } from "bun:test";
import type { SessionFilter, SessionId, User } from "@postern/auth";
import { epochMs } from "@postern/std";
import {
  addSession,
  addUser,
  event,
  freshPath,
  NOW,
  newToken,
  newUser,
  openTest,
  removeDatabase,
} from "./_testing.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { store, announced } = opened;
let count = 0;

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

async function someone(): Promise<User> {
  count += 1;
  return await addUser(store, newUser(`someone${count}`));
}

async function end(filter: SessionFilter, at = NOW) {
  announced.length = 0;
  return await store.write(async (tx) => ({
    value: await tx.endSessions(filter, at, "revoked"),
    event: event({ action: "session_revoke" }),
  }));
}

test("insertSession() keeps every field, and is found by id and by secret with its user", async () => {
  const user = await someone();
  const { session, secretHash } = await addSession(store, user.id, {
    kind: "api",
    method: "google",
    ip: null,
    userAgent: null,
  });
  expect(await store.findSession(session.id)).toEqual({ session, user });
  expect(await store.findSessionBySecret(secretHash)).toEqual({ session, user });
  expect(await store.findSession("x" as SessionId)).toBeNull();
  expect(await store.findSessionBySecret("x")).toBeNull();
});

test("no column holds a session's secret, only its hash", async () => {
  const user = await someone();
  const { secretHash } = await addSession(store, user.id);
  const dump = JSON.stringify(
    (await opened.database.reader.execute({ sql: "SELECT * FROM sessions", args: [] })).rows,
  );
  expect(dump.split(secretHash)).toHaveLength(2);
});

test("listSessions() gives a user's live sessions, newest first, in pages", async () => {
  const user = await someone();
  const other = await someone();
  const made = [];
  for (let index = 0; index < 5; index += 1) {
    const createdAt = epochMs(NOW + index);
    made.unshift((await addSession(store, user.id, { createdAt, seenAt: createdAt })).session);
  }
  await addSession(store, other.id);
  await addSession(store, user.id, { seenAt: epochMs(NOW - 3_600_000) });
  await addSession(store, user.id, { createdAt: epochMs(NOW - 43_200_000), seenAt: NOW });
  const { session: ended } = await addSession(store, user.id);
  await end({ id: ended.id });
  const first = await store.listSessions(user.id, NOW, { limit: 3 });
  const rest = await store.listSessions(user.id, NOW, { limit: 3, after: first.next ?? "" });
  expect([...first.items, ...rest.items]).toEqual(made);
  expect(rest.next).toBeNull();
  expect(await store.listSessions(user.id, NOW, { limit: 3, after: "?" })).toEqual({
    items: [],
    next: null,
    isBadCursor: true,
  });
});

test("endSessions() ends one, once, and tells of it", async () => {
  const user = await someone();
  const { session, token } = await addSession(store, user.id);
  const { session: kept } = await addSession(store, user.id);
  expect(await end({ id: session.id })).toEqual([session.id]);
  expect(announced).toEqual([{ kind: "session_ended", sessionId: session.id, reason: "revoked" }]);
  expect((await store.findSession(session.id))?.session).toEqual({
    ...session,
    endedAt: NOW,
    endReason: "revoked",
  });
  expect(await store.findRefreshToken(token.id)).toBeNull();
  expect((await store.findSession(kept.id))?.session.endedAt).toBeNull();
  expect(await end({ id: session.id })).toEqual([]);
  expect(announced).toEqual([]);
});

test("endSessions() ends no session of somebody else", async () => {
  const user = await someone();
  const stranger = await someone();
  const { session } = await addSession(store, user.id);
  expect(await end({ id: session.id, userId: stranger.id })).toEqual([]);
  expect(await end({ id: session.id, userId: user.id })).toEqual([session.id]);
});

test("endSessions() ends all of a user's, or all but one", async () => {
  const user = await someone();
  const stranger = await someone();
  const { session: theirs } = await addSession(store, stranger.id);
  const mine = [];
  for (let index = 0; index < 3; index += 1)
    mine.push((await addSession(store, user.id)).session.id);
  const [current] = mine;
  const ended = await end({ userId: user.id, except: current });
  expect(ended.toSorted()).toEqual(mine.slice(1).toSorted());
  expect(await end({ userId: user.id })).toEqual([current as SessionId]);
  expect((await store.findSession(theirs.id))?.session.endedAt).toBeNull();
});

test("endSessions() ends one that rests too long by what is written, since it may have been seen since", async () => {
  const user = await someone();
  const { session } = await addSession(store, user.id, { seenAt: epochMs(NOW - 3_600_001) });
  expect(await end({ id: session.id })).toEqual([session.id]);
});

test("endSessions() ends none that is past its absolute limit", async () => {
  const user = await someone();
  const { session } = await addSession(store, user.id, { createdAt: epochMs(NOW - 43_200_000) });
  expect(await end({ id: session.id })).toEqual([]);
});

test("endSessions() by key ends those whose unused token it signed", async () => {
  const user = await someone();
  const { session: old } = await addSession(store, user.id);
  const { session: moved, token } = await addSession(store, user.id);
  await store.write(async (tx) => {
    await tx.endSessions({ id: old.id }, NOW, "logout");
    return { value: null, event: event() };
  });
  const { session: signed } = await addSession(store, user.id);
  await store.bookkeeping.rotateRefreshToken({
    spend: token.id,
    at: NOW,
    sealedSuccessor: "sealed",
    next: newToken(moved.id, { keyId: "key-2" }),
  });
  const ended = await end({ keyId: "key-1" as never });
  expect(ended).toContain(signed.id);
  expect(ended).not.toContain(moved.id);
  expect(ended).not.toContain(old.id);
});

test("touchSessions() moves forward, never back, and wakes no session that has ended", async () => {
  const user = await someone();
  const { session } = await addSession(store, user.id);
  const { session: gone } = await addSession(store, user.id);
  await end({ id: gone.id });
  const { touchSessions } = store.bookkeeping;
  const seenAt = async (id: SessionId) => (await store.findSession(id))?.session.seenAt;
  await touchSessions(
    new Map([
      [session.id, epochMs(NOW + 50)],
      [gone.id, epochMs(NOW + 50)],
    ]),
  );
  await touchSessions(new Map([[session.id, epochMs(NOW + 20)]]));
  expect(await seenAt(session.id)).toBe(epochMs(NOW + 50));
  expect(await seenAt(gone.id)).toBe(NOW);
  await Promise.all(
    [90, 70, 80].map((ms) => touchSessions(new Map([[session.id, epochMs(NOW + ms)]]))),
  );
  expect(await seenAt(session.id)).toBe(epochMs(NOW + 90));
  await touchSessions(new Map());
});

test("touchSessions() takes more sessions than one transaction does", async () => {
  const user = await someone();
  const { session } = await addSession(store, user.id);
  const seen = new Map<SessionId, ReturnType<typeof epochMs>>();
  for (let index = 0; index < 2_500; index += 1) seen.set(`none-${index}` as SessionId, NOW);
  seen.set(session.id, epochMs(NOW + 5));
  await store.bookkeeping.touchSessions(seen);
  expect((await store.findSession(session.id))?.session.seenAt).toBe(epochMs(NOW + 5));
});
