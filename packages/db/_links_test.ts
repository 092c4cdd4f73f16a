import { afterAll, expect, test } from "bun:test";
import type { AuthTx, Link, User } from "@postern/auth";
import { epochMs } from "@postern/std";
import { addUser, event, freshPath, NOW, newUser, openTest, removeDatabase } from "./_testing.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { store } = opened;
const user = await addUser(store, newUser("ada"));
const other = await addUser(store, newUser("bob"));
let count = 0;

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

async function write<T>(work: (tx: AuthTx) => Promise<T>): Promise<T> {
  return await store.write(async (tx) => ({ value: await work(tx), event: event() }));
}

async function addLink(of: User, facts: Partial<Link> = {}): Promise<Link> {
  count += 1;
  const link: Link = {
    tokenHash: `link${count}`,
    kind: "reset_password",
    userId: of.id,
    email: of.email,
    browserHash: null,
    createdAt: NOW,
    expiresAt: epochMs(NOW + 100),
    ...facts,
  };
  await write(async (tx) => await tx.insertLink(link));
  return link;
}

test("insertLink() keeps every field, and a link is found by its hash and kind", async () => {
  const link = await addLink(user, { kind: "email_change", browserHash: "browser" });
  expect(await store.findLink(link.tokenHash, "email_change")).toEqual(link);
  expect(await store.findLink(link.tokenHash, "email_undo")).toBeNull();
  expect(await store.findLink("none", "email_change")).toBeNull();
});

test("20 parallel spendLink() of one link work once (race)", async () => {
  const link = await addLink(user);
  const spent = await Promise.all(
    Array.from({ length: 20 }, () =>
      write(async (tx) => await tx.spendLink(link.tokenHash, link.kind, NOW)),
    ),
  );
  expect(spent.filter((each) => each !== null)).toEqual([link]);
  expect(await store.findLink(link.tokenHash, link.kind)).toBeNull();
});

test("spendLink() refuses another kind, and one that has run out, from that very moment on", async () => {
  const link = await addLink(user);
  const spend = async (kind: Link["kind"], now: number) =>
    await write(async (tx) => await tx.spendLink(link.tokenHash, kind, epochMs(now)));
  expect(await spend("email_undo", NOW)).toBeNull();
  expect(await spend(link.kind, link.expiresAt)).toBeNull();
  expect(await spend(link.kind, link.expiresAt - 1)).toEqual(link);
});

test("a spent link is there again when the write that spent it fails", async () => {
  const link = await addLink(user);
  const failing = write(async (tx) => {
    await tx.spendLink(link.tokenHash, link.kind, NOW);
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await store.findLink(link.tokenHash, link.kind)).toEqual(link);
});

test("voidLinks() voids those of the user and the kinds", async () => {
  const reset = await addLink(user);
  const undo = await addLink(user, { kind: "email_undo" });
  const verify = await addLink(user, { kind: "verify_email" });
  const others = await addLink(other);
  await write(async (tx) => await tx.voidLinks(user.id, ["reset_password", "verify_email"]));
  expect(await store.findLink(reset.tokenHash, reset.kind)).toBeNull();
  expect(await store.findLink(verify.tokenHash, verify.kind)).toBeNull();
  expect(await store.findLink(undo.tokenHash, undo.kind)).toEqual(undo);
  expect(await store.findLink(others.tokenHash, others.kind)).toEqual(others);
});

test("voidLinks() since a time leaves older ones", async () => {
  const older = await addLink(user, { createdAt: epochMs(NOW - 1) });
  const newer = await addLink(user, { createdAt: NOW });
  await write(async (tx) => await tx.voidLinks(user.id, ["reset_password"], NOW));
  expect(await store.findLink(older.tokenHash, older.kind)).toEqual(older);
  expect(await store.findLink(newer.tokenHash, newer.kind)).toBeNull();
});
