import { afterAll, beforeAll, expect, test } from "bun:test";
import type { AuditEvent, EventFilter, NewEvent, UserId } from "@postern/auth";
import { encodeBase64Url, epochMs } from "@postern/std";
import { event, freshPath, NOW, openTest, removeDatabase } from "./_testing.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { store } = opened;
const COUNT = 60;

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

/** Times go up and down a little, and some are equal: clocks of several instances do that. */
function nth(index: number): NewEvent {
  return event({
    at: epochMs(NOW + Math.floor(index / 3) * 10 - (index % 7 === 0 ? 25 : 0)),
    action: index % 4 === 0 ? "failed_login" : "admin.users.set_role",
    actorType: "user",
    actorId: 7 as UserId,
    actorName: "root",
    userId: index % 5 === 0 ? null : ((index % 3) as UserId),
    username: index % 5 === 0 ? null : `user${index % 3}`,
    ip: index % 2 === 0 ? "192.0.2.1" : null,
    userAgent: "agent",
    success: index % 4 !== 0,
    details: { index, deep: [{ b: null, a: "x" }] },
    requestId: `request-${index}`,
  });
}

beforeAll(async () => {
  for (let index = 0; index < COUNT; index += 1) {
    await store.write(async () => ({ value: null, event: nth(index) }));
  }
});

async function all(filter: EventFilter, limit: number): Promise<readonly AuditEvent[]> {
  const items: AuditEvent[] = [];
  let after: string | undefined;
  do {
    const page = await store.listEvents(filter, { limit, after });
    items.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return items;
}

test("events keep every field", async () => {
  const [first] = await store.readChain(2, 1);
  expect(first).toEqual({
    ...nth(1),
    seq: 2,
    previousHash: expect.any(String),
    hash: expect.any(String),
  });
});

test("listEvents() gives exactly what fits, newest first, in pages of any size", async () => {
  const chain = await store.readChain(1, COUNT);
  const newestFirst = chain.toSorted((a, b) => b.at - a.at || b.seq - a.seq);
  const filters: readonly EventFilter[] = [
    {},
    { userId: 1 as UserId },
    { action: "failed_login" },
    { ip: "192.0.2.1" },
    { success: false },
    { success: true },
    { since: epochMs(NOW + 40) },
    { until: epochMs(NOW + 40) },
    { since: epochMs(NOW + 20), until: epochMs(NOW + 90) },
    { userId: 2 as UserId, ip: "192.0.2.1", success: true, until: epochMs(NOW + 150) },
    { ip: "192.0.2.1", action: "failed_login", success: false },
    { action: "admin.users.set_role", since: epochMs(NOW + 100), success: true },
    { action: "logout" },
  ];
  for (const filter of filters) {
    const { userId, action, ip, success, since, until } = filter;
    const expected = newestFirst.filter(
      (each) =>
        (userId === undefined || each.userId === userId) &&
        (action === undefined || each.action === action) &&
        (ip === undefined || each.ip === ip) &&
        (success === undefined || each.success === success) &&
        (since === undefined || each.at >= since) &&
        (until === undefined || each.at < until),
    );
    for (const limit of [1, 7, 200]) expect(await all(filter, limit)).toEqual(expected);
  }
});

test("listEvents() gives the end for a cursor that is none of ours", async () => {
  for (const text of ["", "[1]", '["1","2"]', "[1,2,3]", "null"]) {
    const after = encodeBase64Url(new TextEncoder().encode(text));
    expect(await store.listEvents({}, { limit: 5, after })).toEqual({
      items: [],
      next: null,
      isBadCursor: true,
    });
  }
});

test("readChain() walks from a position, in order", async () => {
  const part = await store.readChain(10, 5);
  expect(part.map((each) => each.seq)).toEqual([10, 11, 12, 13, 14]);
  expect(await store.readChain(COUNT + 1, 5)).toEqual([]);
});
