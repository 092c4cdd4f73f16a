/**
 * Mails that administrators send: counted by who sends them, and by whom they go to.
 *
 * @module
 */

import { afterEach, beforeEach, expect, test } from "bun:test";
import { DEFAULT_LIMITS } from "@postern/auth";
import { hours } from "@postern/std";
import { type Administration, openAdministration, refusalOf } from "../support/administration.ts";

let administration: Administration;

beforeEach(async () => {
  administration = await openAdministration();
});

afterEach(async () => {
  await administration[Symbol.asyncDispose]();
});

test("five invitations and links an hour go to one address, whoever sends them (flooding an address)", async () => {
  const { procedures: owner } = await administration.admin("owner");
  const { procedures: security } = await administration.admin("security");
  const email = "Often@example.com";
  for (let sent = 0; sent < 5; sent += 1) {
    const by = sent % 2 === 0 ? owner : security;
    expect(await refusalOf(by.users.invite({ email }))).toBe("none");
  }
  const spelt = "often@EXAMPLE.com";
  expect(await refusalOf(owner.users.invite({ email: spelt }))).toBe("rate_limited");
  expect(await refusalOf(owner.users.invite({ email: "another@example.com" }))).toBe("none");
  const ann = await administration.addUser("ann", { passwordHash: "a hash" });
  const reset = () => refusalOf(security.users.sendReset({ id: String(ann.id) }));
  for (let sent = 0; sent < 5; sent += 1) expect(await reset()).toBe("none");
  expect(await reset()).toBe("rate_limited");
  expect(await refusalOf(owner.users.sendReset({ id: "999999" }))).toBe("not_found");
  administration.pass(hours(1));
  expect(await reset()).toBe("none");
});

test("an administrator sends so many mails an hour, and no more (a console that was taken over)", async () => {
  const rule = DEFAULT_LIMITS.find(({ id }) => id === "admin_mail_user");
  expect(rule).toMatchObject({ count: 100, windowMs: hours(1), scope: "user" });
  administration.limiter.replace(
    DEFAULT_LIMITS.map((limit) =>
      limit.id === "admin_mail_user" ? { ...limit, count: 2 } : limit,
    ),
  );
  const { procedures: owner } = await administration.admin("owner");
  const { procedures: security } = await administration.admin("security");
  const invite = (by: typeof owner, name: string) =>
    refusalOf(by.users.invite({ email: `${name}@example.com` }));
  expect([await invite(owner, "a"), await invite(owner, "b")]).toEqual(["none", "none"]);
  expect(await invite(owner, "c")).toBe("rate_limited");
  expect(await invite(security, "c")).toBe("none");
});
