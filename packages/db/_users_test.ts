import { afterAll, expect, test } from "bun:test";
import type { UserId, UserPatch } from "@postern/auth";
import { epochMs } from "@postern/std";
import { addUser, event, freshPath, newUser, openTest, removeDatabase } from "./_testing.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { store, announced } = opened;

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

async function update(id: UserId, patch: object) {
  return await store.write(async (tx) => ({
    value: await tx.updateUser(id, patch),
    event: event({ action: "profile_update" }),
  }));
}

test("insertUser() keeps every field, the username in lower case and the address as given", async () => {
  const given = newUser("Grace.H", {
    email: "Grace@Example.COM",
    emailVerified: false,
    name: "Grace\u0000 Ⓗopper 😀",
    picture: "https://example.com/g.png",
    passwordHash: "$argon2id$x",
    passwordIsLong: true,
    mustChangePassword: true,
    role: "support",
    blockedAt: epochMs(5),
    blockedUntil: epochMs(6),
    blockReason: "test",
  });
  const made = await addUser(store, given);
  expect(made).toEqual({
    ...given,
    passwordIsLong: true,
    mustChangePassword: true,
    username: "grace.h",
    id: made.id,
  });
  expect(await store.findUser(made.id)).toEqual(made);
  expect(await store.findUserByEmail("gRACE@example.com")).toEqual(made);
  expect(await store.findUserByUsername("GRACE.h")).toEqual(made);
});

test("of another password it is not known how long it is, unless that is said", async () => {
  const made = await addUser(store, newUser("long", { passwordHash: "a", passwordIsLong: true }));
  const update = (patch: UserPatch) =>
    store.write(async (tx) => ({ value: await tx.updateUser(made.id, patch), event: event() }));
  await update({ name: "L" });
  expect((await store.findUser(made.id))?.passwordIsLong).toBe(true);
  await update({ passwordHash: "b" });
  expect((await store.findUser(made.id))?.passwordIsLong).toBeNull();
  await update({ passwordHash: "c", passwordIsLong: false });
  expect((await store.findUser(made.id))?.passwordIsLong).toBe(false);
});

test("finding a user who is not there gives null", async () => {
  expect(await store.findUser(999_999 as UserId)).toBeNull();
  expect(await store.findUserByEmail("nobody@example.com")).toBeNull();
  expect(await store.findUserByUsername("nobody")).toBeNull();
});

test("insertUser() tells which name is taken, in any case", async () => {
  await addUser(store, newUser("taken"));
  const tried = await store.write(async (tx) => ({
    value: [
      await tx.insertUser(newUser("TAKEN", { email: "other@example.com" })),
      await tx.insertUser(newUser("other", { email: "Taken@Example.com" })),
      await tx.insertUser(newUser("taken")),
    ],
    event: event(),
  }));
  expect(tried).toEqual([
    { ok: false, error: { code: "username_taken" } },
    { ok: false, error: { code: "email_taken" } },
    { ok: false, error: { code: "username_taken" } },
  ]);
});

test("50 parallel insertUser() of one username make one user (race)", async () => {
  const results = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      store.write(async (tx) => {
        const user = newUser("racer", { email: `racer${index}@example.com` });
        return { value: await tx.insertUser(user), event: event() };
      }),
    ),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect((await store.listUsers("racer", { limit: 10 })).items).toHaveLength(1);
});

test("updateUser() changes what the patch names, and announces it", async () => {
  const user = await addUser(store, newUser("change"));
  announced.length = 0;
  const patch = {
    username: "Changed",
    email: "New@Example.com",
    emailVerified: false,
    name: "Name",
    picture: "p",
    passwordHash: "h",
    role: "owner",
    blockedAt: epochMs(1),
    blockedUntil: epochMs(2),
    blockReason: "r",
  } as const;
  const expected = { ...user, ...patch, username: "changed" };
  expect(await update(user.id, patch)).toEqual({ ok: true, value: expected });
  expect(await store.findUserByEmail("new@example.com")).toEqual(expected);
  expect(await store.findUserByEmail(user.email)).toBeNull();
  expect(announced).toEqual([{ kind: "user_changed", userId: user.id }]);
  const nulls = { name: null, role: null, blockedAt: null, passwordHash: null };
  expect(await update(user.id, nulls)).toEqual({ ok: true, value: { ...expected, ...nulls } });
  expect(await update(user.id, {})).toEqual({ ok: true, value: { ...expected, ...nulls } });
});

test("updateUser() tells which name is taken, and changes nothing then", async () => {
  await addUser(store, newUser("first"));
  const user = await addUser(store, newUser("second"));
  announced.length = 0;
  const byName = await update(user.id, { username: "FIRST", name: "x" });
  const byEmail = await update(user.id, { email: "FIRST@example.com", name: "x" });
  expect(byName).toEqual({ ok: false, error: { code: "username_taken" } });
  expect(byEmail).toEqual({ ok: false, error: { code: "email_taken" } });
  expect(await store.findUser(user.id)).toEqual(user);
  expect(announced).toEqual([]);
});

test("updateUser() lets a user keep their own names, in another case", async () => {
  const user = await addUser(store, newUser("own"));
  const updated = await update(user.id, { username: "OWN", email: "Own@example.com" });
  expect(updated).toEqual({ ok: true, value: { ...user, email: "Own@example.com" } });
});

test("updateUser() of nobody throws", async () => {
  await expect(update(999_999 as UserId, { name: "x" })).rejects.toThrow("there is none");
});

test("reads within a transaction see what it wrote; others do not until it commits", async () => {
  await store.write(async (tx) => {
    await tx.insertUser(newUser("unseen"));
    expect(await tx.findUserByUsername("unseen")).not.toBeNull();
    expect(await store.findUserByUsername("unseen")).toBeNull();
    return { value: null, event: event() };
  });
  expect(await store.findUserByUsername("unseen")).not.toBeNull();
});
