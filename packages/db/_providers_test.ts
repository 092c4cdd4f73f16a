import { afterAll, beforeEach, expect, test } from "bun:test";
import type { AuthTx, ProviderHealth } from "@postern/auth";
import { epochMs } from "@postern/std";
import { cell, change } from "./_rows.ts";
import { addUser, event, freshPath, NOW, newUser, openTest, removeDatabase } from "./_testing.ts";
import { addIdentities, addProvider, newIdentity, newProvider } from "./_testing_providers.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { store, announced, writer, database } = opened;

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

beforeEach(async () => {
  await writer.run(async (tx) => await change(tx, "DELETE FROM providers", []));
  await writer.run(async (tx) => await change(tx, "DELETE FROM users", []));
  announced.length = 0;
});

async function write<T>(work: (tx: AuthTx) => Promise<T>): Promise<T> {
  announced.length = 0;
  return await store.write(async (tx) => ({ value: await work(tx), event: event() }));
}

async function count(table: string): Promise<number> {
  return Number(await cell(database.reader, `SELECT count(*) FROM ${table}`, []));
}

const CHANGED = [{ kind: "providers_changed" as const }];

test("insertProvider() keeps every field, and announces it", async () => {
  const acme = newProvider("acme", { isEnabled: false, source: "env", scopes: [] });
  const zeta = newProvider("zeta", { kind: "github", sealedPreviousSecret: "sealed before" });
  const made = await write(async (tx) => [
    await tx.insertProvider(zeta),
    await tx.insertProvider(acme),
  ]);
  expect(made).toEqual([
    { ok: true, value: null },
    { ok: true, value: null },
  ]);
  expect(announced).toEqual(CHANGED);
  expect(await store.listProviders()).toEqual([acme, zeta]);
  expect(await store.findProvider("zeta")).toEqual(zeta);
  expect(await store.findProvider("other")).toBeNull();
});

test("insertProvider() refuses an id that is taken, and announces nothing", async () => {
  const first = await addProvider(store, newProvider("acme"));
  const again = await write((tx) => tx.insertProvider(newProvider("acme", { name: "Other" })));
  expect(again).toEqual({ ok: false, error: { code: "conflict" } });
  expect(announced).toEqual([]);
  expect(await store.listProviders()).toEqual([first]);
});

test("updateProvider() changes what is given, notes when, and announces it", async () => {
  const before = await addProvider(store, newProvider("acme", { sealedPreviousSecret: "before" }));
  const at = epochMs(NOW + 5);
  const patches = [
    { name: "Acme", issuer: "https://id.acme.test", clientId: "c", scopes: ["a", "b"] },
    { isEnabled: false, source: "env", sealedSecret: "new", sealedPreviousSecret: null },
    {},
  ] as const;
  for (const patch of patches) {
    expect(await write((tx) => tx.updateProvider("acme", patch, at))).toBe(true);
    expect(announced).toEqual(CHANGED);
  }
  const after = { ...before, ...patches[0], ...patches[1], updatedAt: at };
  expect(await store.findProvider("acme")).toEqual(after);
});

test("updateProvider() does nothing where there is none", async () => {
  expect(await write((tx) => tx.updateProvider("acme", { name: "x" }, NOW))).toBe(false);
  expect(announced).toEqual([]);
});

test("a user's identities, and their tokens, go with the user", async () => {
  const user = await addUser(store, newUser("ada"));
  await addProvider(store, newProvider("acme"));
  await addIdentities(store, [newIdentity(user.id, "acme"), newIdentity(user.id, "acme")]);
  expect(await count("identity_tokens")).toBe(2);
  await writer.run(async (tx) => await change(tx, "DELETE FROM users WHERE id = ?", [user.id]));
  expect([await count("identities"), await count("identity_tokens")]).toEqual([0, 0]);
});

async function saveHealth(facts: Partial<ProviderHealth>): Promise<ProviderHealth> {
  const health: ProviderHealth = {
    providerId: "acme",
    checkedAt: NOW,
    ok: true,
    checks: [{ name: "discovery", ok: true, detail: "fine" }],
    ...facts,
  };
  await store.bookkeeping.saveProviderHealth(health);
  return health;
}

test("saveProviderHealth() keeps the newest check, whichever of two instances tells first", async () => {
  await addProvider(store, newProvider("acme"));
  await saveHealth({});
  const checks = [{ name: "clock" as const, ok: false, detail: "5 s late" }];
  const newer = await saveHealth({ checkedAt: epochMs(NOW + 2), ok: false, checks });
  await saveHealth({ checkedAt: epochMs(NOW + 1) });
  expect(await store.listProviderHealth()).toEqual([newer]);
});

test("saveProviderHealth() does nothing for a provider that was taken away meanwhile", async () => {
  await saveHealth({ providerId: "gone" });
  expect(await store.listProviderHealth()).toEqual([]);
});
