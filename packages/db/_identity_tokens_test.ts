import { afterAll, beforeEach, expect, test } from "bun:test";
import { type AuthTx, type IdentityId, tokenContext } from "@postern/auth";
import { type EpochMs, epochMs, seconds } from "@postern/std";
import { change } from "./_rows.ts";
import {
  addUser,
  event,
  freshPath,
  NOW,
  newUser,
  openTest,
  removeDatabase,
  sealer,
} from "./_testing.ts";
import { inTwoProcesses } from "./_testing_processes.ts";
import {
  addIdentities,
  addProvider,
  newIdentity,
  newProvider,
  newTokens,
} from "./_testing_providers.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { store, writer } = opened;
const { bookkeeping } = store;
const user = await addUser(store, newUser("ada"));
await addProvider(store, newProvider("acme"));
const LEASE_MS = seconds(20);
const LATER = epochMs(NOW + LEASE_MS);
let id: IdentityId;

beforeEach(async () => {
  const identity = newIdentity(user.id, "acme");
  id = identity.id;
  await addIdentities(store, [identity]);
});

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

async function write<T>(work: (tx: AuthTx) => Promise<T>): Promise<T> {
  return await store.write(async (tx) => ({ value: await work(tx), event: event() }));
}

async function claim(now = NOW, generation = 1): Promise<boolean> {
  return await bookkeeping.claimTokenRefresh({ identityId: id, generation }, now, LEASE_MS);
}

async function needsReconnect(): Promise<boolean | undefined> {
  return (await store.findIdentity(id))?.needsReconnect;
}

test("saveIdentityTokens() keeps every field, and puts later tokens in their place", async () => {
  const [first, last] = [
    newTokens(id, { scopes: ["a", "b"], generation: 3 }),
    newTokens(id, {
      sealedRefresh: null,
      expiresAt: null,
      scopes: [],
      generation: 4,
      refreshAt: null,
    }),
  ];
  for (const tokens of [first, last]) {
    await write((tx) => tx.saveIdentityTokens(tokens));
    expect(await store.findIdentityTokens(id)).toEqual(tokens);
  }
  expect(await store.findIdentityTokens("none" as IdentityId)).toBeNull();
});

test("of 20 claims of one refresh, one gets it (race)", async () => {
  const claims = await Promise.all(Array.from({ length: 20 }, () => claim()));
  expect(claims.filter(Boolean)).toHaveLength(1);
});

test("of 20 claims from two processes, one gets it (race)", async () => {
  for (let round = 0; round < 3; round += 1) {
    const of = JSON.stringify({ identityId: id, generation: 1 + round });
    const work = `
      const claim = () => store.bookkeeping.claimTokenRefresh(${of}, NOW, ${LEASE_MS});
      return await Promise.all(Array.from({ length: 10 }, claim));
    `;
    const claims = (await inTwoProcesses(url, work)).flat();
    expect(claims).toHaveLength(20);
    expect(claims.filter(Boolean)).toHaveLength(1);
    const next = newTokens(id, { generation: 2 + round });
    expect(await bookkeeping.storeRefreshedTokens(next)).toBe(true);
  }
}, 180_000);

test("claimTokenRefresh() refuses another generation, and gives a claim again once its time is over", async () => {
  expect(await claim(NOW, 2)).toBe(false);
  expect(await claim(NOW, 0)).toBe(false);
  expect(await claim()).toBe(true);
  expect(await claim(epochMs(NOW + LEASE_MS - 1))).toBe(false);
  expect(await claim(epochMs(NOW + LEASE_MS))).toBe(true);
  expect(await claim(epochMs(NOW + LEASE_MS))).toBe(false);
});

test("storeRefreshedTokens() puts the next generation in place, and ends the claim", async () => {
  await claim();
  const next = newTokens(id, { scopes: ["more"], expiresAt: null, generation: 2 });
  expect(await bookkeeping.storeRefreshedTokens(next)).toBe(true);
  expect(await store.findIdentityTokens(id)).toEqual(next);
  expect(await claim(NOW, 2)).toBe(true);
});

test("storeRefreshedTokens() of a late answer changes nothing that was put there since", async () => {
  await claim();
  const reconnected = newTokens(id, { scopes: ["reconnected"], generation: 2 });
  await write((tx) => tx.saveIdentityTokens(reconnected));
  const late = newTokens(id, { scopes: ["late"], generation: 2 });
  expect(await bookkeeping.storeRefreshedTokens(late)).toBe(false);
  expect(await store.findIdentityTokens(id)).toEqual(reconnected);
  const unknown = newTokens("none" as IdentityId, { generation: 2 });
  expect(await bookkeeping.storeRefreshedTokens(unknown)).toBe(false);
});

test("saveIdentityTokens() ends a claim", async () => {
  await claim();
  await write((tx) => tx.saveIdentityTokens(newTokens(id, { generation: 2 })));
  expect(await claim(NOW, 2)).toBe(true);
});

test("releaseTokenRefresh() ends a claim, but for one of later tokens", async () => {
  await claim();
  await bookkeeping.releaseTokenRefresh({ identityId: id, generation: 0 }, NOW);
  expect(await claim()).toBe(false);
  await bookkeeping.releaseTokenRefresh({ identityId: id, generation: 1 }, LATER);
  expect((await store.findIdentityTokens(id))?.refreshAt).toBe(LATER);
  expect(await claim()).toBe(true);
  expect(await needsReconnect()).toBe(false);
});

async function dueAt(now: EpochMs): Promise<readonly IdentityId[]> {
  return (await store.listDueTokens(now, 100)).map(({ identityId }) => identityId);
}

test("listDueTokens() lists those whose time has come, the longest due first, and none that are claimed", async () => {
  await writer.run(async (tx) => await change(tx, "DELETE FROM identities", []));
  const linked = ["a", "b", "c", "d"].map(() => newIdentity(user.id, "acme"));
  await addIdentities(store, linked);
  const times = [NOW, epochMs(NOW - 1), epochMs(NOW + 1), null];
  for (const [index, refreshAt] of times.entries()) {
    const identityId = linked[index]?.id ?? id;
    await write((tx) => tx.saveIdentityTokens(newTokens(identityId, { refreshAt })));
  }
  const [now, before, after] = linked.map((identity) => identity.id);
  if (!(now && before && after)) throw new Error("Nobody is linked");
  expect(await dueAt(NOW)).toEqual([before, now]);
  expect(await store.listDueTokens(NOW, 1)).toHaveLength(1);
  const of = { identityId: before, generation: 1 };
  await bookkeeping.claimTokenRefresh(of, NOW, LEASE_MS);
  expect(await dueAt(NOW)).toEqual([now]);
  expect(await dueAt(epochMs(NOW + LEASE_MS))).toEqual([before, now, after]);
  await bookkeeping.markReconnect(of);
  await bookkeeping.releaseTokenRefresh({ identityId: now, generation: 1 }, null);
  expect(await dueAt(epochMs(NOW + LEASE_MS))).toEqual([after]);
});

test("markReconnect() marks the identity and ends the claim; a reconnect takes the mark away", async () => {
  await claim();
  await bookkeeping.markReconnect({ identityId: id, generation: 1 });
  expect(await needsReconnect()).toBe(true);
  expect(await claim()).toBe(true);
  await write((tx) => tx.useIdentity(id, { providerId: "acme", label: null }, NOW));
  expect(await needsReconnect()).toBe(false);
});

test("markReconnect() of a late answer does not mark an identity that was reconnected since", async () => {
  await claim();
  await write((tx) => tx.saveIdentityTokens(newTokens(id, { generation: 2 })));
  await bookkeeping.markReconnect({ identityId: id, generation: 1 });
  expect(await needsReconnect()).toBe(false);
});

test("tokens that swapped places between two identities open in neither (swapped rows)", async () => {
  const other = newIdentity(user.id, "acme");
  await addIdentities(store, [other]);
  const swap = `
    UPDATE identity_tokens AS t SET sealed_access = o.sealed_access, sealed_refresh = o.sealed_refresh
    FROM identity_tokens o WHERE t.identity_id IN (?1, ?2) AND o.identity_id IN (?1, ?2)
      AND o.identity_id <> t.identity_id
  `;
  await writer.run(async (tx) => await change(tx, swap, [id, other.id]));
  for (const [mine, theirs] of [
    [id, other.id],
    [other.id, id],
  ] as const) {
    const tokens = await store.findIdentityTokens(mine);
    expect(tokens?.sealedAccess).toBe(newTokens(theirs).sealedAccess);
    expect(sealer.open(tokenContext(mine, "access"), tokens?.sealedAccess ?? "")).toBeNull();
    expect(sealer.open(tokenContext(mine, "refresh"), tokens?.sealedRefresh ?? "")).toBeNull();
  }
});

test("an access token in the refresh token's place does not open (swapped columns)", async () => {
  const sql = "UPDATE identity_tokens SET sealed_refresh = sealed_access WHERE identity_id = ?";
  await writer.run(async (tx) => await change(tx, sql, [id]));
  const tokens = await store.findIdentityTokens(id);
  expect(sealer.open(tokenContext(id, "refresh"), tokens?.sealedRefresh ?? "")).toBeNull();
});
