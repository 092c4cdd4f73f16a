import { afterAll, beforeEach, expect, test } from "bun:test";
import type { Leaving, LockedOut, UserId } from "@postern/auth";
import { cell, change } from "./_rows.ts";
import { addUser, event, freshPath, NOW, newUser, openTest, removeDatabase } from "./_testing.ts";
import { addIdentities, addProvider, newIdentity, newProvider } from "./_testing_providers.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { store, announced, writer, database } = opened;
const { bookkeeping } = store;

/** More users than two steps take. */
const CROWD = 2_500;

const CROWD_USERS = `
  INSERT INTO users (username, email, email_key, email_verified, created_at)
  WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?)
  SELECT 'crowd' || n, 'crowd' || n, 'crowd' || n, 1, 0 FROM n
`;
const CROWD_IDENTITIES = `
  INSERT INTO identities
  SELECT printf('%036d', id), id, 'acme', 'https://acme.test', username, NULL, 0, 0, 0
  FROM users WHERE username LIKE 'crowd%'
`;

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

beforeEach(async () => {
  for (const table of ["providers", "users"]) {
    await writer.run(async (tx) => await change(tx, `DELETE FROM ${table}`, []));
  }
  for (const id of ["acme", "zeta"]) await addProvider(store, newProvider(id));
  await addProvider(store, newProvider("off", { isEnabled: false }));
  announced.length = 0;
});

/** Somebody with identities at these providers. */
async function linked(name: string, at: readonly string[], hasPassword = false): Promise<UserId> {
  const passwordHash = hasPassword ? "hash" : null;
  const { id } = await addUser(store, newUser(name, { passwordHash }));
  const identities = at.map((providerId) => newIdentity(id, providerId));
  await addIdentities(store, identities);
  return id;
}

async function crowd(): Promise<void> {
  await writer.run(async (tx) => await change(tx, CROWD_USERS, [CROWD]));
  await writer.run(async (tx) => await change(tx, CROWD_IDENTITIES, []));
}

async function leave(leaving: Leaving | null): Promise<void> {
  await store.write(async (tx) => ({
    value: await tx.updateProvider("acme", { isEnabled: false, leaving }, NOW),
    event: event({ action: "admin.providers.delete" }),
  }));
}

/** Walks to the end: who was found, and how many were looked at in each step. */
async function walkAll(): Promise<{ users: LockedOut[]; steps: number[] }> {
  const users: LockedOut[] = [];
  const steps: number[] = [];
  let after: UserId | null = null;
  do {
    const step = await bookkeeping.walkLockedOutBy("acme", after);
    users.push(...step.lockedOut);
    steps.push(step.seen);
    after = step.last;
  } while (after !== null);
  return { users, steps };
}

/** Takes away to the end: how many went in each step. */
async function dropAll(): Promise<number[]> {
  const steps: number[] = [];
  let after: UserId | null = null;
  do {
    const step = await bookkeeping.dropIdentitiesAt("acme", after);
    steps.push(step.done);
    after = step.last;
  } while (after !== null);
  return steps;
}

async function countAt(providerId: string): Promise<number> {
  return await bookkeeping.countIdentitiesAt(providerId);
}

test("walkLockedOutBy() names who has no password and no provider that is switched on, each once", async () => {
  const twice = await linked("twice", ["acme", "acme"]);
  await linked("password", ["acme"], true);
  await linked("both", ["acme", "zeta"]);
  const half = await linked("half", ["acme", "off"]);
  await linked("none", []);
  await linked("elsewhere", ["zeta"]);
  expect(await walkAll()).toEqual({
    users: [
      { id: twice, username: "twice" },
      { id: half, username: "half" },
    ],
    steps: [4],
  });
  expect(await countAt("acme")).toBe(5);
  expect(await bookkeeping.walkLockedOutBy("none", null)).toEqual({
    seen: 0,
    lockedOut: [],
    last: null,
  });
});

test("walkLockedOutBy() goes on where it was, and misses nobody", async () => {
  await crowd();
  const { users, steps } = await walkAll();
  expect(steps.length).toBeGreaterThan(2);
  expect(steps.reduce((sum, seen) => sum + seen)).toBe(CROWD);
  expect(new Set(users.map(({ id }) => id)).size).toBe(CROWD);
});

test("dropIdentitiesAt() takes all of a provider that leaves, in small steps, and nobody else's", async () => {
  await crowd();
  const both = await linked("both", ["acme", "zeta"]);
  const [kept] = (await store.listIdentities(both, { limit: 5 })).items.filter(
    ({ providerId }) => providerId === "zeta",
  );
  await leave("forced");
  const steps = await dropAll();
  expect(steps.reduce((sum, done) => sum + done)).toBe(CROWD + 1);
  expect(Math.max(...steps)).toBeLessThan(CROWD / 10);
  expect([await countAt("acme"), await countAt("zeta")]).toEqual([0, 1]);
  expect((await store.listIdentities(both, { limit: 5 })).items).toEqual(kept ? [kept] : []);
  const tokens = await cell(database.reader, "SELECT count(*) FROM identity_tokens", []);
  expect(tokens).toBe(1);
});

test("dropIdentitiesAt() spares whoever has no other way in, unless it is forced", async () => {
  await linked("password", ["acme"], true);
  await linked("both", ["acme", "zeta"]);
  const only = await linked("only", ["acme"]);
  const half = await linked("half", ["acme", "off"]);
  await leave("sparing");
  expect(await dropAll()).toEqual([2]);
  expect((await walkAll()).users.map(({ id }) => id)).toEqual([only, half]);
  expect(await bookkeeping.dropProvider("acme")).toBe(false);
  await leave("forced");
  expect(await dropAll()).toEqual([2]);
  expect(await bookkeeping.dropProvider("acme")).toBe(true);
});

test("what stays is not touched: dropIdentitiesAt() and dropProvider() want the mark", async () => {
  await linked("password", ["acme"], true);
  expect(await dropAll()).toEqual([0]);
  expect(await bookkeeping.dropProvider("acme")).toBe(false);
  await leave(null);
  expect(await dropAll()).toEqual([0]);
  expect(await bookkeeping.dropProvider("none")).toBe(false);
  expect(await countAt("acme")).toBe(1);
  expect((await store.findProvider("acme"))?.leaving).toBeNull();
});

test("dropProvider() takes its health with it, and announces it", async () => {
  const health = { checkedAt: NOW, ok: true, checks: [] };
  for (const providerId of ["acme", "zeta"]) {
    await bookkeeping.saveProviderHealth({ ...health, providerId });
  }
  await leave("sparing");
  expect((await store.findProvider("acme"))?.leaving).toBe("sparing");
  announced.length = 0;
  expect(await bookkeeping.dropProvider("acme")).toBe(true);
  expect(announced).toEqual([{ kind: "providers_changed" }]);
  expect((await store.listProviders()).map(({ id }) => id)).toEqual(["off", "zeta"]);
  expect((await store.listProviderHealth()).map(({ providerId }) => providerId)).toEqual(["zeta"]);
});

test("others write between the steps: none waits for more than one of them (starvation)", async () => {
  await crowd();
  await leave("forced");
  let isDone = false;
  const dropping = dropAll().then((steps) => {
    isDone = true;
    return steps;
  });
  let written = 0;
  while (!isDone) {
    await addUser(store, newUser(`writer-${written}`));
    written += 1;
  }
  const steps = await dropping;
  // Each step leaves the lane to whoever waits. Half of them, since some commit together.
  expect(written).toBeGreaterThanOrEqual(steps.length / 2);
});
