import { afterAll, expect, test } from "bun:test";
import type { AuthTx, Key, KeyId } from "@postern/auth";
import { epochMs, hours } from "@postern/std";
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

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

async function write<T>(work: (tx: AuthTx) => Promise<T>): Promise<T> {
  announced.length = 0;
  return await store.write(async (tx) => ({ value: await work(tx), event: event() }));
}

function newKey(id: string, facts: Partial<Key> = {}): Key {
  return {
    id: id as KeyId,
    ring: "signing",
    state: "current",
    sealedSecret: `sealed ${id}`,
    publicJwk: `{"kid":"${id}"}`,
    createdAt: NOW,
    currentAt: NOW,
    previousAt: null,
    retiredAt: null,
    ...facts,
  };
}

const next = newKey("b", { state: "next", currentAt: null, createdAt: epochMs(NOW + 1) });
const cookies = newKey("c", { ring: "cookies", publicJwk: null, createdAt: epochMs(NOW + 2) });

test("insertKey() keeps every field, and announces it, so that others publish the key", async () => {
  await write(async (tx) => {
    for (const key of [newKey("a"), next, cookies]) await tx.insertKey(key);
  });
  expect(await store.listKeys()).toEqual([newKey("a"), next, cookies]);
  expect(announced).toEqual([{ kind: "keys_changed" }]);
});

test("a ring has one current key and one next", async () => {
  for (const state of ["current", "next"] as const) {
    await expect(write(async (tx) => await tx.insertKey(newKey("d", { state })))).rejects.toThrow(
      "UNIQUE",
    );
  }
});

test("moveKey() moves a key from where it stands, notes when, and announces it", async () => {
  const at = epochMs(NOW + 5);
  const moved = await write(async (tx) => [
    await tx.moveKey("a" as KeyId, "current", "previous", at),
    await tx.moveKey("b" as KeyId, "next", "current", at),
    await tx.moveKey("a" as KeyId, "previous", "retired", epochMs(NOW + 6)),
  ]);
  expect(moved).toEqual([true, true, true]);
  expect(announced).toEqual([{ kind: "keys_changed" }]);
  expect((await store.listKeys()).slice(0, 2)).toEqual([
    newKey("a", { state: "retired", previousAt: at, retiredAt: epochMs(NOW + 6) }),
    { ...next, state: "current", currentAt: at },
  ]);
});

test("moveKey() does nothing where the key stands elsewhere, or is not there", async () => {
  const before = await store.listKeys();
  const moved = await write(async (tx) => [
    await tx.moveKey("a" as KeyId, "current", "previous", NOW),
    await tx.moveKey("x" as KeyId, "current", "previous", NOW),
  ]);
  expect(moved).toEqual([false, false]);
  expect(announced).toEqual([]);
  expect(await store.listKeys()).toEqual(before);
});

test("countDependants() counts unused tokens, live sessions and waiting mails", async () => {
  const user = await addUser(store, newUser("ada"));
  const [first] = await Promise.all([1, 2, 3].map(() => addSession(store, user.id)));
  const resting = await addSession(store, user.id, { seenAt: epochMs(NOW - hours(2)) });
  if (first === undefined) throw new Error("No session");
  await store.bookkeeping.rotateRefreshToken({
    spend: first.token.id,
    at: NOW,
    sealedSuccessor: "x",
    next: newToken(first.session.id, { keyId: "key-2" }),
  });
  await write(async (tx) => {
    await tx.insertRefreshToken(newToken(resting.session.id, { expiresAt: NOW }));
    await tx.queueMail("a@example.com", { kind: "signup_existing" }, NOW);
    await tx.queueMail("b@example.com", { kind: "signup_existing" }, NOW);
  });
  const [sent] = await opened.outbox.claimDue(1, NOW, 1_000);
  if (sent === undefined) throw new Error("No mail");
  await opened.outbox.markSent(sent, NOW);
  const key1 = await store.countDependants("key-1" as KeyId, NOW);
  expect(key1).toEqual({ sessions: 2, tokens: 3, secrets: 1 });
  const key2 = await store.countDependants("key-2" as KeyId, NOW);
  expect(key2).toEqual({ sessions: 1, tokens: 1, secrets: 0 });
  const later = epochMs(NOW + hours(13));
  const none = { sessions: 0, tokens: 0, secrets: 1 };
  expect(await store.countDependants("key-1" as KeyId, later)).toEqual(none);
});
