/**
 * Limits as administrators work on them: under pressure, tried beforehand, and edited by two at once.
 *
 * @module
 */

import { afterEach, beforeEach, expect, test } from "bun:test";
import { minutes, seconds } from "@postern/std";
import { type Administration, openAdministration, refusalOf } from "../support/administration.ts";

let administration: Administration;
let procedures: ReturnType<Administration["as"]>;

beforeEach(async () => {
  administration = await openAdministration();
  ({ procedures } = await administration.admin("security"));
});

afterEach(async () => {
  await administration[Symbol.asyncDispose]();
});

/** Lets a limit decide: so many calls of one, the last of them refused. */
function decide(subject: string, allowed: number, refused = 0): void {
  for (let count = 0; count < allowed + refused; count += 1) {
    const retryAfterMs = count < allowed ? 0 : minutes(1);
    administration.book.note({ limit: "login_address", subject, retryAfterMs });
    administration.pass(10);
  }
}

test("limits.pressure shows what is counted and who is held back; limits.resetCount lets one go", async () => {
  decide("192.0.2.1", 10, 3);
  decide("192.0.2.2", 1);
  const { limits } = procedures;
  const found = (await limits.pressure()).items.find(({ id }) => id === "login_address");
  expect(found).toMatchObject({
    allowed: 11,
    refused: 3,
    busiest: [
      { subject: "192.0.2.1", count: 13 },
      { subject: "192.0.2.2", count: 1 },
    ],
    held: [{ subject: "192.0.2.1", refused: 3 }],
  });
  await limits.resetCount({ id: "login_address", subject: "192.0.2.1" });
  expect(administration.resets).toEqual(["login_address 192.0.2.1"]);
  expect(await administration.newest("admin.limits.reset_count")).toMatchObject({
    actorName: "security",
    success: true,
    details: { limit: "login_address", subject: "192.0.2.1" },
  });
  const unknown = limits.resetCount({ id: "none", subject: "x" });
  expect(await refusalOf(unknown)).toBe("not_found");
});

test("limits.dryRun replays the day through a draft, and counts who signed in later", async () => {
  const { limits } = procedures;
  decide("192.0.2.1", 6);
  decide("192.0.2.7", 2);
  decide("2001:db8:0:1::/64", 4);
  administration.pass(minutes(1));
  await administration.note("login", {}, { ip: "192.0.2.1" });
  await administration.note("login", {}, { ip: "2001:db8:0:1::7" });
  await administration.note("login", {}, { ip: "192.0.2.9" });
  const draft = { id: "login_address", count: 3, window_s: 60 };
  expect(await limits.dryRun(draft)).toMatchObject({
    decisions: 12,
    refused: 0,
    would_refuse: 4,
    signed_in_later: 4,
    subjects: 2,
  });
  const looser = await limits.dryRun({ id: "login_address", count: 10 });
  expect(looser).toMatchObject({ would_refuse: 0, signed_in_later: 0 });
  const off = await limits.dryRun({ ...draft, enabled: false });
  expect(off.would_refuse).toBe(0);
  expect(await refusalOf(limits.dryRun({ id: "none" }))).toBe("not_found");
  const row = (await limits.list()).items.find(({ id }) => id === "login_address");
  expect(row?.count).toBe(10);
});

test("limits.dryRun of a limit by account finds whom a name belongs to", async () => {
  const ann = await administration.addUser("ann");
  for (const subject of ["ann", "ann@example.com", `user:${ann.id}`, "nobody"]) {
    for (let count = 0; count < 2; count += 1) {
      administration.book.note({ limit: "login_account", subject, retryAfterMs: 0 });
    }
  }
  administration.pass(seconds(1));
  await administration.note("login", {}, { userId: ann.id, username: "ann" });
  const draft = { id: "login_account", count: 1 };
  expect(await procedures.limits.dryRun(draft)).toMatchObject({
    would_refuse: 4,
    signed_in_later: 3,
  });
});

test("two consoles edit one limit: the second is told, and nothing is lost", async () => {
  const { limits } = procedures;
  const shown = (await limits.list()).items.find(({ id }) => id === "anonymous");
  const expected = shown?.version ?? "";
  const edited = await limits.update({ id: "anonymous", count: 50, expected });
  const second = limits.update({ id: "anonymous", count: 70, expected });
  expect(await refusalOf(second)).toBe("conflict");
  expect(await administration.newest("admin.limits.update")).toMatchObject({
    success: false,
    details: { refused: "conflict" },
  });
  const again = await limits.update({ id: "anonymous", count: 70, expected: edited.version });
  expect(again.count).toBe(70);
});

test("two consoles edit one provider, and one setting: the second is told", async () => {
  const { providers } = procedures;
  const given = { id: "acme", kind: "oidc", name: "Acme", client_id: "c" } as const;
  const issuer = "http://127.0.0.1:1";
  const { version: expected } = await providers.create({ ...given, issuer, client_secret: "s" });
  administration.pass(1);
  const renamed = await providers.update({ id: "acme", name: "First", expected });
  for (const second of [
    () => providers.update({ id: "acme", name: "Second", expected }),
    () => providers.setEnabled({ id: "acme", enabled: false, expected }),
    () => providers.replaceSecret({ id: "acme", client_secret: "t", expected }),
    () => providers.update({ id: "acme", name: "Third", expected: "nonsense" }),
  ]) {
    expect(await refusalOf(second())).toBe("conflict");
  }
  const { version } = renamed;
  expect((await providers.update({ id: "acme", name: "Second", expected: version })).name).toBe(
    "Second",
  );
  const { settings } = (await administration.admin("owner")).procedures;
  await settings.update({ name: "SIGNUP", value: "closed", expected: "verify" });
  const late = settings.update({ name: "SIGNUP", value: "verify", expected: "verify" });
  expect(await refusalOf(late)).toBe("conflict");
});
