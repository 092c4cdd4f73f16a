/**
 * Keeping addresses out, as administrators do it.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import { minutes, timeText } from "@postern/std";
import { type Administration, openAdministration } from "../support/administration.ts";

let administration: Administration;
let limits: ReturnType<Administration["as"]>["limits"];

beforeAll(async () => {
  administration = await openAdministration();
  ({ limits } = (await administration.admin("security")).procedures);
});

afterAll(async () => {
  await administration[Symbol.asyncDispose]();
});

async function refusalOf(call: Promise<unknown>): Promise<string> {
  return await call.then(
    () => "none",
    ({ cause, message }) => `${cause?.problem?.code}: ${message}`,
  );
}

test("limits.blockAddress leaves an event, and is in force before it answers", async () => {
  const until = timeText((administration.now + minutes(5)) as typeof administration.now);
  const reason = "guesses passwords";
  const before = administration.reloads.limits;
  const made = await limits.blockAddress({ cidr: "203.0.113.0/24", reason, until });
  expect(made).toEqual({
    cidr: "203.0.113.0/24",
    reason,
    created_at: timeText(administration.now),
    until,
  });
  expect(administration.reloads.limits).toBe(before + 1);
  expect(await administration.newest("admin.limits.block_address")).toMatchObject({
    actorType: "user",
    success: true,
    details: { cidr: "203.0.113.0/24", reason, before: null },
  });
});

test("blocking a range again replaces its block, and the event tells what was there", async () => {
  await limits.blockAddress({ cidr: "198.51.100.7", reason: "first" });
  await limits.blockAddress({ cidr: "::ffff:198.51.100.7", reason: "second" });
  const { items } = await limits.listBlockedAddresses({});
  const found = items.filter(({ cidr }) => cidr === "198.51.100.7/32");
  expect(found.map(({ reason }) => reason)).toEqual(["second"]);
  expect(await administration.newest("admin.limits.block_address")).toMatchObject({
    details: { reason: "second", before: { reason: "first", until: null } },
  });
});

test("limits.unblockAddress takes any spelling, leaves an event, and knows what is not there", async () => {
  await limits.blockAddress({ cidr: "2001:DB8:5::1" });
  const lifted = await limits.unblockAddress({ cidr: "2001:db8:5::/64" });
  expect(lifted.cidr).toBe("2001:db8:5::/64");
  expect(await administration.newest("admin.limits.unblock_address")).toMatchObject({
    success: true,
    details: { cidr: "2001:db8:5::/64" },
  });
  const again = limits.unblockAddress({ cidr: "2001:db8:5::/64" });
  expect(await refusalOf(again)).toBe("not_found: 2001:db8:5::/64 is not blocked");
  expect(await administration.newest("admin.limits.unblock_address")).toMatchObject({
    success: false,
  });
});

test("limits.blockAddress says what is wrong with a range", async () => {
  const cases = [
    ["x", "not an address, nor a range such as 203.0.113.0/24 or 2001:db8:0:1::/64"],
    ["10.0.0.5/8", "bits are set beyond the prefix; the range is 10.0.0.0/8"],
    ["0.0.0.0/0", "wider than /8, which is not allowed"],
    ["10.0.0.0/7", "wider than /8, which is not allowed"],
    ["::ffff:0:0/96", "wider than /8, which is not allowed"],
    ["::/0", "wider than /16, which is not allowed"],
  ] as const;
  for (const [cidr, detail] of cases) {
    expect(await refusalOf(limits.blockAddress({ cidr }))).toBe(`invalid_request: cidr: ${detail}`);
  }
  const past = limits.blockAddress({ cidr: "192.0.2.200", until: timeText(administration.now) });
  expect(await refusalOf(past)).toBe("invalid_request: until: this time has passed");
});

test("nobody blocks the own address (lockout)", async () => {
  for (const cidr of ["192.0.2.9", "192.0.2.0/24", "::ffff:192.0.2.9"]) {
    expect(await refusalOf(limits.blockAddress({ cidr }))).toStartWith("conflict: ");
  }
  expect(await administration.newest("admin.limits.block_address")).toMatchObject({
    success: false,
    details: { cidr: "192.0.2.9/32", refused: "conflict" },
  });
});

test("the list pages by key, newest first, without what has ended", async () => {
  const until = timeText((administration.now + 1) as typeof administration.now);
  await limits.blockAddress({ cidr: "192.0.2.201", until });
  administration.now = (administration.now + 1) as typeof administration.now;
  for (const last of [202, 203, 204]) await limits.blockAddress({ cidr: `192.0.2.${last}` });
  const first = await limits.listBlockedAddresses({ limit: 2 });
  expect(first.items.map(({ cidr }) => cidr)).toEqual(["192.0.2.204/32", "192.0.2.203/32"]);
  const second = await limits.listBlockedAddresses({ limit: 1, cursor: first.next ?? "" });
  expect(second.items.map(({ cidr }) => cidr)).toEqual(["192.0.2.202/32"]);
  const rest = await limits.listBlockedAddresses({ cursor: second.next ?? "" });
  expect(rest.items.map(({ cidr }) => cidr)).not.toContain("192.0.2.201/32");
  expect(rest.next).toBeNull();
});
