/**
 * A database whose sealing key can be turned, with something in every place that is sealed.
 *
 * @module
 */

import { expect } from "bun:test";
import {
  type AuthStore,
  type IdentityId,
  type Key,
  type KeyId,
  letterContext,
  providerContext,
  type Sealer,
  tokenContext,
  type User,
} from "@postern/auth";
import { change } from "./_rows.ts";
import {
  addUser,
  event,
  freshPath,
  NOW,
  newUser,
  type Opened,
  openTest,
  random,
  removeDatabase,
} from "./_testing.ts";
import { addIdentities, addProvider, newIdentity, newProvider } from "./_testing_providers.ts";
import { createAuthStore } from "./create_auth_store.ts";

/** The key that is current at first. */
export const OLD = "m-old" as KeyId;

/** A database, as a process sees it that has read some of its keys. */
export interface Ring extends AsyncDisposable {
  readonly opened: Opened;
  readonly sealer: Sealer;
  /** The store, with this sealer. */
  readonly store: AuthStore;
  readonly user: User;
  /** Knows these keys from now on: the last seals, all open. */
  read(...keys: readonly string[]): void;
}

/** Opens a fresh database whose current key is the old one. */
export async function openRing(): Promise<Ring> {
  const opened = await openTest(`file:${freshPath()}`);
  const ring = ringOn(opened);
  await turn(ring.store, null, OLD);
  return {
    ...ring,
    opened,
    user: await addUser(ring.store, newUser("ada")),
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]();
      removeDatabase(opened.url);
    },
  };
}

/** Seals by writing down key and place, and opens what fits both. */
export function ringOn(
  opened: Pick<Opened, "database" | "writer">,
): Pick<Ring, "sealer" | "store" | "read"> {
  let known: readonly string[] = [OLD];
  const sealer: Sealer = {
    seal: (context, plaintext) => `v1.${known.at(-1)}.${btoa(context)}.${btoa(plaintext)}`,
    open: (context, sealed) => {
      const [, key = "", place, text = ""] = sealed.split(".");
      return known.includes(key) && place === btoa(context) ? atob(text) : null;
    },
  };
  const store = createAuthStore({ ...opened, sealer, random });
  return { sealer, store, read: (...keys) => (known = keys) };
}

/** Makes a key current in the database, in the place of another. */
export async function turn(store: AuthStore, from: string | null, to: string): Promise<void> {
  const key: Key = {
    id: to as KeyId,
    ring: "secrets",
    state: "current",
    sealedSecret: "s",
    publicJwk: null,
    createdAt: NOW,
    currentAt: NOW,
    previousAt: null,
    retiredAt: null,
  };
  await store.write(async (tx) => {
    if (from !== null) await tx.moveKey(from as KeyId, "current", "previous", NOW);
    await tx.insertKey(key);
    return { value: null, event: event({ action: "admin.secrets.rotate" }) };
  });
}

/** Turns the old key into another, and reads both. */
export async function rotate(ring: Ring, to = "a-new"): Promise<void> {
  await turn(ring.store, OLD, to);
  ring.read(OLD, to);
}

/** Puts in mails, a provider with two secrets, and identities with two tokens each. */
export async function fill(
  { store, sealer, user }: Ring,
  count: { readonly mails?: number; readonly identities?: number },
): Promise<readonly IdentityId[]> {
  const { mails = 0, identities = 0 } = count;
  const sealedPreviousSecret = sealer.seal(providerContext("acme"), "secret before");
  await addProvider(store, newProvider("acme", { sealedPreviousSecret }, sealer));
  const made = Array.from({ length: identities }, () => newIdentity(user.id, "acme"));
  await addIdentities(store, made, sealer);
  await store.write(async (tx) => {
    for (let index = 0; index < mails; index += 1) {
      await tx.queueMail(`m${index}@example.com`, { kind: "signup_existing" }, NOW);
    }
    return { value: null, event: event() };
  });
  return made.map((identity) => identity.id);
}

/** Changes rows past the store. */
export async function sql(
  { opened }: Ring,
  text: string,
  ...args: readonly (string | number)[]
): Promise<void> {
  await opened.writer.run(async (tx) => await change(tx, text, args));
}

/** Fails unless all that was filled in opens by one key. */
export async function expectSealedBy(
  ring: Ring,
  keyId: string,
  identities: readonly IdentityId[],
): Promise<void> {
  ring.read(keyId);
  const { store, sealer } = ring;
  const provider = await store.findProvider("acme");
  const context = providerContext("acme");
  expect(sealer.open(context, provider?.sealedSecret ?? "")).toBe("secret of acme");
  expect(sealer.open(context, provider?.sealedPreviousSecret ?? "")).toBe("secret before");
  for (const id of identities) {
    const tokens = await store.findIdentityTokens(id);
    const access = sealer.open(tokenContext(id, "access"), tokens?.sealedAccess ?? "");
    const refresh = sealer.open(tokenContext(id, "refresh"), tokens?.sealedRefresh ?? "");
    expect([access, refresh]).toEqual([`access of ${id}`, `refresh of ${id}`]);
  }
  for (const claim of await ring.opened.outbox.claimDue(500, NOW, 1_000)) {
    expect(sealer.open(letterContext(claim.id), claim.sealed)).toContain("@example.com");
  }
}
