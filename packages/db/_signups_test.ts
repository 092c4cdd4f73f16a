import { afterAll, expect, test } from "bun:test";
import type { AuthTx, Signup, SignupId } from "@postern/auth";
import { epochMs } from "@postern/std";
import { event, freshPath, NOW, openTest, removeDatabase, uuid } from "./_testing.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { store } = opened;
let count = 0;

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

function newSignup(facts: Partial<Signup> = {}): Signup {
  count += 1;
  return {
    id: uuid(epochMs(NOW + count)) as SignupId,
    email: `Signup${count}@Example.com`,
    username: `signup${count}`,
    name: "Name",
    passwordHash: "hash",
    browserHash: "browser",
    linkHash: `link${count}`,
    linkExpiresAt: epochMs(NOW + 100),
    createdAt: NOW,
    expiresAt: epochMs(NOW + 1_000),
    ...facts,
  };
}

async function write<T>(work: (tx: AuthTx) => Promise<T>): Promise<T> {
  return await store.write(async (tx) => ({ value: await work(tx), event: event() }));
}

test("insertSignup() keeps every field, and signups are found by link, address and username", async () => {
  const full = newSignup();
  const bare = newSignup({ name: null, browserHash: null });
  await write(async (tx) => {
    await tx.insertSignup(full);
    await tx.insertSignup(bare);
  });
  expect(await store.findSignupByLink(full.linkHash)).toEqual(full);
  expect(await store.findSignups({ email: full.email.toUpperCase() }, NOW)).toEqual([full]);
  expect(await store.findSignups({ username: bare.username.toUpperCase() }, NOW)).toEqual([bare]);
  expect(await store.findSignupByLink("none")).toBeNull();
});

test("findSignups() gives the newest 20 that have not run out, newest first", async () => {
  const email = "many@example.com";
  const made = Array.from({ length: 25 }, () => newSignup({ email, username: "many" }));
  const gone = newSignup({ email, username: "many", expiresAt: NOW });
  await write(async (tx) => {
    for (const signup of [...made, gone]) await tx.insertSignup(signup);
  });
  const expected = made.toReversed().slice(0, 20);
  expect(await store.findSignups({ email }, NOW)).toEqual(expected);
  expect(await store.findSignups({ username: "many" }, NOW)).toEqual(expected);
});

test("renewSignupLink() gives a new link and voids the older one", async () => {
  const signup = newSignup();
  const later = epochMs(NOW + 500);
  await write(async (tx) => {
    await tx.insertSignup(signup);
    await tx.renewSignupLink(signup.id, "renewed", later);
  });
  expect(await store.findSignupByLink(signup.linkHash)).toBeNull();
  expect(await store.findSignupByLink("renewed")).toEqual({
    ...signup,
    linkHash: "renewed",
    linkExpiresAt: later,
  });
});

test("takeSignup() works once, of twenty at the same time too", async () => {
  const signup = newSignup();
  await write(async (tx) => await tx.insertSignup(signup));
  const taken = await Promise.all(
    Array.from({ length: 20 }, () =>
      write(async (tx) => await tx.takeSignup(signup.linkHash, NOW)),
    ),
  );
  expect(taken.filter((each) => each !== null)).toEqual([signup]);
  expect(await store.findSignupByLink(signup.linkHash)).toBeNull();
});

test("takeSignup() refuses a link that has run out, from that very moment on", async () => {
  const signup = newSignup();
  await write(async (tx) => await tx.insertSignup(signup));
  const take = async (now: number) =>
    await write(async (tx) => await tx.takeSignup(signup.linkHash, epochMs(now)));
  expect(await take(signup.linkExpiresAt)).toBeNull();
  expect(await take(signup.linkExpiresAt - 1)).toEqual(signup);
  expect(await write(async (tx) => await tx.takeSignup("none", NOW))).toBeNull();
});

test("deleteSignupsOf() discards all of an address, and no other", async () => {
  const mine = [newSignup({ email: "One@example.com" }), newSignup({ email: "one@EXAMPLE.com" })];
  const other = newSignup();
  await write(async (tx) => {
    for (const signup of [...mine, other]) await tx.insertSignup(signup);
    await tx.deleteSignupsOf("ONE@example.com");
  });
  expect(await store.findSignups({ email: "one@example.com" }, NOW)).toEqual([]);
  expect(await store.findSignups({ email: other.email }, NOW)).toEqual([other]);
});
