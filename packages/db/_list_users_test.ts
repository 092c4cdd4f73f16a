import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Page, PageRequest, User } from "@postern/auth";
import { encodeBase64Url } from "@postern/std";
import { addUser, event, freshPath, newUser, openTest, removeDatabase } from "./_testing.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { store } = opened;
const users: User[] = [];

beforeAll(async () => {
  for (let index = 1; index <= 25; index += 1) {
    const user = newUser(`user${String(index).padStart(2, "0")}`, {
      email: `mail${index}@${index % 2 === 0 ? "even" : "odd"}.example`,
      name: index === 7 ? 'Øystein "Ace" O\'Brien' : `Number ${index}`,
    });
    users.unshift(await addUser(store, user));
  }
});

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

async function names(query: string | undefined, page: PageRequest = { limit: 50 }) {
  return (await store.listUsers(query, page)).items.map((user) => user.username);
}

async function walk(query: string | undefined, limit: number): Promise<readonly Page<User>[]> {
  const pages: Page<User>[] = [];
  let after: string | undefined;
  do {
    const page = await store.listUsers(query, { limit, after });
    pages.push(page);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return pages;
}

test("listUsers() pages by key, newest first, each user once", async () => {
  const pages = await walk(undefined, 10);
  expect(pages.map((page) => page.items.length)).toEqual([10, 10, 5]);
  expect(pages.flatMap((page) => page.items)).toEqual(users);
  expect((await walk(undefined, 25)).map((page) => page.items.length)).toEqual([25]);
  expect((await walk("", 24)).map((page) => page.items.length)).toEqual([24, 1]);
});

test("listUsers() goes on where it was although users were added", async () => {
  const first = await store.listUsers("even.example", { limit: 5 });
  const late = await addUser(store, newUser("late", { email: "late@even.example" }));
  const rest = await store.listUsers("even.example", { limit: 50, after: first.next ?? undefined });
  expect(first.items.length + rest.items.length).toBe(12);
  expect(rest.items.map((user) => user.id)).not.toContain(late.id);
});

test("listUsers() finds any part of three characters in username, address and name", async () => {
  expect(await names("ser07")).toEqual(["user07"]);
  expect(await names("MAIL13@")).toEqual(["user13"]);
  expect(await names("øystein")).toEqual(["user07"]);
  expect(await names("user1 odd")).toEqual(["user19", "user17", "user15", "user13", "user11"]);
  expect(await names("user07 even")).toEqual([]);
  expect(await names("nothing-like-it")).toEqual([]);
});

test("listUsers() takes fewer than three characters for the beginning of a username", async () => {
  expect(await names("us", { limit: 2 })).toEqual(["user25", "user24"]);
  expect(await names("er")).toEqual([]);
  expect(await names("u user03")).toEqual(["user03"]);
});

test("listUsers() finds an id, and what reads like it", async () => {
  const [newest] = users;
  const twelfth = users.find((user) => user.username === "user12");
  expect(await names(String(newest?.id))).toEqual(["user25"]);
  await addUser(store, newUser(`9${twelfth?.id}00`));
  expect(await names(String(twelfth?.id))).toEqual(["user12"]);
  const number = (await addUser(store, newUser("x-1000017"))).username;
  expect(await names("1000017")).toEqual([number]);
});

test("listUsers() follows changes of username, address and name", async () => {
  const user = await addUser(store, newUser("before-it", { name: "Before Name" }));
  await store.write(async (tx) => ({
    value: await tx.updateUser(user.id, {
      username: "later-it",
      email: "later@else.example",
      name: "Later Name",
    }),
    event: event(),
  }));
  expect(await names("before")).toEqual([]);
  expect(await names("later else name")).toEqual(["later-it"]);
});

test("listUsers() takes operators and quotes for text (search injection)", async () => {
  expect(await names('"ace" o\'brien')).toEqual(["user07"]);
  for (const query of [
    'user07" OR "user08',
    "user* NOT x",
    "username:user07",
    "'); DROP TABLE users;--",
    '"""',
    "NEAR(a b)",
  ]) {
    expect(await names(query)).toEqual([]);
  }
  expect(await names("user07")).toEqual(["user07"]);
});

test("a cursor that is none of ours gives the end", async () => {
  const encode = (text: string) => encodeBase64Url(new TextEncoder().encode(text));
  const bad = [
    "",
    "x",
    "!!!",
    encode("nonsense"),
    encode("[]"),
    encode('["1"]'),
    encode("[1,2]"),
    encode("[1.5]"),
    encode("{}"),
    encode("null"),
  ];
  for (const after of bad) {
    expect(await store.listUsers(undefined, { limit: 5, after })).toEqual({
      items: [],
      next: null,
      isBadCursor: true,
    });
  }
});

test("listUsers() gives at least one item and at most a thousand", async () => {
  expect(await names(undefined, { limit: 0 })).toHaveLength(1);
  expect(await names(undefined, { limit: -5 })).toHaveLength(1);
  expect((await names(undefined, { limit: 1e9 })).length).toBeGreaterThan(25);
});
