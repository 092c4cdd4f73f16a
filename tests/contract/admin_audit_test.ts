/**
 * The audit log as administrators read it: what it is made of, one event, and its chain.
 *
 * @module
 */

import { afterEach, beforeEach, expect, test } from "bun:test";
import { type Administration, openAdministration, refusalOf } from "../support/administration.ts";

let administration: Administration;
let audit: ReturnType<Administration["as"]>["audit"];

beforeEach(async () => {
  administration = await openAdministration();
  const auditor = await administration.addUser("auditor", { role: "auditor" });
  const session = await administration.addSession(auditor, { kind: "console" });
  const actor = { ...administration.actor(auditor, 0), sessionId: session.id };
  ({ audit } = administration.call({ ok: true, value: actor }));
});

afterEach(async () => {
  await administration[Symbol.asyncDispose]();
});

interface Progress {
  readonly ok: boolean;
  readonly checked: number;
  readonly first_bad: string | null;
  readonly done: boolean;
}

/** Everything that a walk along the chain tells. */
async function walk(input?: { readonly lastEventId: string }) {
  const told: Progress[] = [];
  // In this process a piece is what `tracked` made of it.
  for await (const piece of await audit.verifyLive(input)) {
    const [, data] = piece as unknown as readonly [id: string, data: Progress];
    told.push(data);
  }
  return told;
}

test("audit.facets counts by action, user and address, of what the query finds", async () => {
  for (const username of ["ann", "ann", "bob"]) {
    await administration.note("failed_login", {}, { username, ip: "192.0.2.1" });
  }
  await administration.note("login", {}, { username: "ann", ip: "192.0.2.2" });
  expect(await audit.facets({ query: "ip:192.0.2.0/24" })).toEqual({
    counted: 4,
    more: false,
    action: [
      { value: "failed_login", count: 3 },
      { value: "login", count: 1 },
    ],
    user: [
      { value: "ann", count: 3 },
      { value: "bob", count: 1 },
    ],
    ip: [
      { value: "192.0.2.1", count: 3 },
      { value: "192.0.2.2", count: 1 },
    ],
  });
  expect(await refusalOf(audit.facets({ query: "colour:red" }))).toBe("invalid_request");
});

test("an address is found however it is written (an incident's search)", async () => {
  const { procedures } = await administration.admin("auditor", "searcher");
  await administration.note("login", {}, { ip: "203.0.113.16" });
  await administration.note("login", {}, { ip: "2001:db8::7" });
  for (const query of [
    ...["ip:203.0.113.16", "ip:203.0.113.16/32", "ip:::ffff:203.0.113.16"],
    ...["ip:2001:DB8:0::7", "ip:2001:db8::7/128"],
  ]) {
    expect([query, (await procedures.audit.list({ query })).items.length]).toEqual([query, 1]);
  }
});

test("audit.facets stops at 5,000 events, and says so (a walk over all)", async () => {
  const event = administration.event("profile_update");
  await administration.core.store.write(async () => ({
    value: null,
    event: [event, ...Array.from({ length: 5_400 }, () => event)],
  }));
  const { counted, more } = await audit.facets({ query: "" });
  expect([counted, more]).toEqual([5_000, true]);
});

test("audit.get shows before and after, and that the event stands where it was written", async () => {
  const { procedures } = await administration.admin("security");
  await procedures.limits.update({ id: "anonymous", count: 7 });
  const [newest] = (await audit.list({ query: "action:admin.limits.update" })).items;
  const found = await audit.get({ id: newest?.id ?? "" });
  expect(found).toMatchObject({
    action: "admin.limits.update",
    before: { count: 100 },
    after: { count: 7 },
    intact: true,
  });
  expect((await audit.get({ id: "1" })).intact).toBe(true);
  expect(await refusalOf(audit.get({ id: "999999" }))).toBe("not_found");
});

test("audit.export gives as many events a piece as it is asked for, and pieces stand one after another", async () => {
  for (let count = 0; count < 5; count += 1) await administration.note("login");
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const query = "action:login";
    const piece = await audit.export({ query, format: "ndjson", limit: 2, cursor });
    seen.push(...piece.text.trimEnd().split("\n"));
    cursor = piece.next ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toHaveLength(5);
});

test("audit.verifyLive tells how far it is, ends when it is done, and goes on where it was cut off", async () => {
  const event = administration.event("profile_update");
  const events = Array.from({ length: 10_500 }, () => event);
  await administration.core.store.write(async () => ({ value: null, event: [event, ...events] }));
  const told = await walk();
  const newest = await administration.core.store.newestEvent();
  expect(told.map(({ checked }) => checked)).toEqual([10_000, newest]);
  expect(told.at(-1)).toMatchObject({ ok: true, first_bad: null, done: true });
  expect((await walk({ lastEventId: "10000" })).map(({ checked }) => checked)).toEqual([newest]);
});
