import { afterAll, expect, test } from "bun:test";
import type { AuthTx, IdentityId } from "@postern/auth";
import { epochMs } from "@postern/std";
import { addUser, event, freshPath, NOW, newUser, openTest, removeDatabase } from "./_testing.ts";
import {
  addIdentities,
  addProvider,
  newIdentity,
  newProvider,
  newTokens,
} from "./_testing_providers.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { store } = opened;
const ada = await addUser(store, newUser("ada"));
const bob = await addUser(store, newUser("bob"));
await addProvider(store, newProvider("acme"));
await addProvider(store, newProvider("zeta"));

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

async function write<T>(work: (tx: AuthTx) => Promise<T>): Promise<T> {
  return await store.write(async (tx) => ({ value: await work(tx), event: event() }));
}

test("insertIdentity() keeps every field, and it is found by id, and by issuer and subject", async () => {
  const facts = { label: "ada@example.com", usedAt: epochMs(NOW + 1), needsReconnect: true };
  const identity = newIdentity(ada.id, "acme", facts);
  expect(await write((tx) => tx.insertIdentity(identity))).toEqual({ ok: true, value: null });
  const { issuer, subject } = identity;
  expect(await store.findIdentity(identity.id)).toEqual(identity);
  expect(await store.findIdentityBySubject(issuer, subject)).toEqual(identity);
  expect(await store.findIdentityBySubject("https://other.test", subject)).toBeNull();
  expect(await store.findIdentityBySubject(issuer, subject.toUpperCase())).toBeNull();
  expect(await store.findIdentity("none" as IdentityId)).toBeNull();
});

test("one subject of one issuer is linked once, whoever asks (race)", async () => {
  const subject = { subject: "the same" };
  const linked = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      write((tx) =>
        tx.insertIdentity(newIdentity(index % 2 === 0 ? ada.id : bob.id, "acme", subject)),
      ),
    ),
  );
  expect(linked.filter((each) => each.ok)).toHaveLength(1);
  expect(linked).toContainEqual({ ok: false, error: { code: "conflict" } });
  const other = newIdentity(bob.id, "acme", { ...subject, issuer: "https://other.test" });
  expect((await write((tx) => tx.insertIdentity(other))).ok).toBe(true);
});

test("useIdentity() notes when and under which name, and that it is connected", async () => {
  const identity = newIdentity(ada.id, "acme", { label: "old", needsReconnect: true });
  const beside = newIdentity(ada.id, "acme", { label: "old" });
  await addIdentities(store, [identity, beside]);
  const usedAt = epochMs(NOW + 7);
  const used = { providerId: "zeta", label: "new" };
  await write((tx) => tx.useIdentity(identity.id, used, usedAt));
  const after = { ...identity, ...used, usedAt, needsReconnect: false };
  expect(await store.findIdentity(identity.id)).toEqual(after);
  expect(await store.findIdentity(beside.id)).toEqual(beside);
});

test("listIdentities() gives a user's, the newest first, page by page", async () => {
  const user = await addUser(store, newUser("many"));
  const made = Array.from({ length: 5 }, () => newIdentity(user.id, "acme"));
  await addIdentities(store, [...made, newIdentity(bob.id, "acme")]);
  const newest = made.toSorted((a, b) => (a.id < b.id ? 1 : -1));
  const first = await store.listIdentities(user.id, { limit: 3 });
  expect(first.items).toEqual(newest.slice(0, 3));
  const after = first.next ?? undefined;
  const second = await store.listIdentities(user.id, { limit: 3, after });
  expect(second).toEqual({ items: newest.slice(3), next: null });
  const bad = await store.listIdentities(user.id, { limit: 3, after: "garbage" });
  expect(bad).toEqual({ items: [], next: null, isBadCursor: true });
});

test("countOtherWays() counts identities beside one, of providers that are switched on", async () => {
  const user = await addUser(store, newUser("ways"));
  await addProvider(store, newProvider("off", { isEnabled: false }));
  const made = ["acme", "acme", "off"].map((id) => newIdentity(user.id, id));
  const [first, , off] = made;
  if (first === undefined || off === undefined) throw new Error("No identity");
  await addIdentities(store, made);
  expect(await store.countOtherWays(user.id, first.id)).toBe(1);
  expect(await store.countOtherWays(user.id, off.id)).toBe(2);
  const other = await addUser(store, newUser("no-ways"));
  expect(await store.countOtherWays(other.id, first.id)).toBe(0);
});

test("deleteIdentity() takes one of the user's own, with its tokens, and nobody else's", async () => {
  const identity = newIdentity(ada.id, "acme");
  await addIdentities(store, [identity]);
  expect(await write((tx) => tx.deleteIdentity(identity.id, bob.id))).toBe(false);
  expect(await store.findIdentityTokens(identity.id)).toEqual(newTokens(identity.id));
  expect(await write((tx) => tx.deleteIdentity(identity.id, ada.id))).toBe(true);
  expect(await store.findIdentity(identity.id)).toBeNull();
  expect(await store.findIdentityTokens(identity.id)).toBeNull();
  expect(await write((tx) => tx.deleteIdentity(identity.id, ada.id))).toBe(false);
});

test("deleteIdentitiesOf() takes all of one user's, with their tokens", async () => {
  const user = await addUser(store, newUser("gone"));
  const [kept, ...gone] = [bob, user, user].map(({ id }) => newIdentity(id, "acme"));
  if (kept === undefined) throw new Error("No identity");
  await addIdentities(store, [kept, ...gone]);
  expect(await write((tx) => tx.deleteIdentitiesOf(user.id))).toBe(2);
  for (const { id } of gone) expect(await store.findIdentityTokens(id)).toBeNull();
  expect(await store.findIdentity(kept.id)).toEqual(kept);
  expect(await write((tx) => tx.deleteIdentitiesOf(user.id))).toBe(0);
});
