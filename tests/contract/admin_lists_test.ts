/**
 * Lists as they are looked at: what they are made of, one row by its id, and the newest page as it changes.
 *
 * @module
 */

import { afterEach, beforeEach, expect, test } from "bun:test";
import { blockUser, type Session, signOutUser, type User } from "@postern/auth";
import { hours, minutes, seconds } from "@postern/std";
import { type Administration, openAdministration, refusalOf } from "../support/administration.ts";

let administration: Administration;
let ann: User;
let support: User;
let watching: Session;
let procedures: ReturnType<Administration["as"]>;

beforeEach(async () => {
  administration = await openAdministration();
  ann = await administration.addUser("ann");
  support = await administration.addUser("support", { role: "support" });
  watching = await administration.addSession(support, { kind: "console", ip: "192.0.2.200" });
  const actor = { ...administration.actor(support, 0), sessionId: watching.id };
  procedures = administration.call({ ok: true, value: actor });
});

afterEach(async () => {
  await administration[Symbol.asyncDispose]();
});

interface Told {
  readonly items: readonly { readonly id: string; readonly state?: string }[];
}

/** Reads the pieces of a stream, one at a time. */
function pieces(stream: unknown) {
  const iterator = (stream as AsyncIterable<readonly [id: string, data: Told]>)[
    Symbol.asyncIterator
  ]();
  return {
    async next(): Promise<Told> {
      // The clock of the rules stands still by itself, and a page is looked at once a second of it.
      administration.pass(seconds(2));
      const { value } = await iterator.next();
      return value[1];
    },
    leave: () => iterator.return?.(),
  };
}

test("sessions.facets counts live sessions by user, address, way in and role", async () => {
  await administration.addSession(ann, { ip: "192.0.2.1" });
  await administration.addSession(ann, { ip: "192.0.2.1", method: "github" });
  await administration.addSession(ann, { endedAt: administration.now, endReason: "logout" });
  expect(await procedures.sessions.facets({ query: "" })).toEqual({
    counted: 3,
    more: false,
    user: [
      { value: "ann", count: 2 },
      { value: "support", count: 1 },
    ],
    ip: [
      { value: "192.0.2.1", count: 2 },
      { value: "192.0.2.200", count: 1 },
    ],
    provider: [
      { value: "password", count: 2 },
      { value: "github", count: 1 },
    ],
    role: [
      { value: "none", count: 2 },
      { value: "support", count: 1 },
    ],
  });
  const found = await procedures.sessions.facets({ query: "provider:github" });
  expect([found.counted, found.user]).toEqual([1, [{ value: "ann", count: 1 }]]);
  expect(await refusalOf(procedures.sessions.facets({ query: "color:red" }))).toBe(
    "invalid_request",
  );
});

test("users.facets counts users by state and role", async () => {
  await administration.addUser("new", { emailVerified: false });
  expect(await procedures.users.facets({ query: "" })).toEqual({
    counted: 3,
    more: false,
    state: [
      { value: "active", count: 2 },
      { value: "unverified", count: 1 },
    ],
    role: [
      { value: "none", count: 2 },
      { value: "support", count: 1 },
    ],
  });
  expect((await procedures.users.facets({ query: "role:support" })).counted).toBe(1);
});

test("sessions.get shows a session with its user, also one that has ended or run out", async () => {
  const session = await administration.addSession(ann, { idleMs: hours(1) });
  const { get } = procedures.sessions;
  expect(await get({ id: session.id })).toMatchObject({
    id: session.id,
    user: { username: "ann", state: "active" },
    ended_at: null,
    end_reason: null,
  });
  administration.pass(hours(1) + minutes(1));
  const over = await get({ id: session.id });
  expect(over).toMatchObject({ end_reason: "expired", ended_at: over.expires_at });
  const other = await administration.addSession(ann);
  await signOutUser(administration.deps, administration.actor(support, 0), { id: ann.id });
  expect(await get({ id: other.id })).toMatchObject({ end_reason: "signed_out" });
  expect(await refusalOf(get({ id: "no such session" }))).toBe("not_found");
});

test("sessions.live tells the newest page, and tells it again as sessions come and go", async () => {
  const page = pieces(await procedures.sessions.live({ query: "user:ann" }));
  expect((await page.next()).items).toEqual([]);
  const first = await administration.addSession(ann);
  expect((await page.next()).items.map(({ id }) => id)).toEqual([first.id]);
  administration.pass(1);
  const second = await administration.addSession(ann);
  expect((await page.next()).items.map(({ id }) => id)).toEqual([second.id, first.id]);
  await signOutUser(administration.deps, administration.actor(support, 0), { id: ann.id });
  expect((await page.next()).items).toEqual([]);
  await page.leave();
});

test("users.live tells a user again whose state is another", async () => {
  const page = pieces(await procedures.users.live({ query: "user:ann" }));
  expect((await page.next()).items).toMatchObject([{ state: "active" }]);
  const actor = administration.actor(support, 0);
  await blockUser(administration.deps, actor, { id: ann.id, reason: null, until: null });
  expect((await page.next()).items).toMatchObject([{ state: "blocked" }]);
  await page.leave();
});

test("sessions.live refuses a query that cannot be read", async () => {
  const page = pieces(await procedures.sessions.live({ query: "color:red" }));
  expect(await refusalOf(page.next())).toBe("invalid_request");
});
