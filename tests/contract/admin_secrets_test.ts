/**
 * Key rings as administrators see them: what depends on each key, when it retires, and rotation by itself.
 *
 * @module
 */

import { afterEach, beforeEach, expect, test } from "bun:test";
import { retireKeys, rotateDueKeys, type User } from "@postern/auth";
import { after, days, epochMs, minutes } from "@postern/std";
import { type Administration, openAdministration, refusalOf } from "../support/administration.ts";

let administration: Administration;
let admin: User;
let secrets: ReturnType<Administration["as"]>["secrets"];

beforeEach(async () => {
  administration = await openAdministration();
  // Keys are made by the clock of this machine.
  const made = (await administration.core.store.listKeys()).map(({ createdAt }) => createdAt);
  administration.now = epochMs(Math.max(...made));
  admin = (await administration.admin("security")).user;
  ({ secrets } = administration.as(admin));
});

afterEach(async () => {
  await administration[Symbol.asyncDispose]();
});

async function ring(name: string) {
  const found = (await secrets.list()).items.find((one) => one.ring === name);
  if (found === undefined) throw new Error(`There is no ring ${name}`);
  return found;
}

test("secrets.list says when a key that was replaced retires, and whether anything depends on it", async () => {
  const { previous } = await secrets.rotate({ ring: "cookies" });
  const find = async () => (await ring("cookies")).keys.find(({ key }) => key === previous);
  expect(await find()).toMatchObject({ state: "previous", retirable: false });
  const { retires_at } = (await find()) ?? {};
  administration.pass(days(31));
  expect(await find()).toMatchObject({ retirable: true, retires_at });
  await retireKeys(administration.deps);
  expect(await find()).toMatchObject({ state: "retired", retirable: false, retires_at: null });
});

test("secrets.list tells how many texts are to be sealed anew, and that falls to none", async () => {
  const { providers } = (await administration.admin("owner")).procedures;
  const given = { id: "acme", kind: "oidc", name: "Acme", client_id: "c" } as const;
  await providers.create({ ...given, issuer: "http://127.0.0.1:1", client_secret: "s" });
  expect((await ring("secrets")).to_reseal).toBe(0);
  await secrets.rotate({ ring: "secrets" });
  expect((await ring("secrets")).to_reseal).toBe(1);
  await administration.core.store.bookkeeping.resealSecrets(administration.now);
  expect((await ring("secrets")).to_reseal).toBe(0);
});

test("secrets.schedule has a ring rotated when its key is so old, once however many see it, until it is taken back", async () => {
  await secrets.schedule({ ring: "signing", every_days: 30 });
  const before = await ring("signing");
  const current = before.keys.find(({ state }) => state === "current")?.key;
  expect(before.schedule?.every_days).toBe(30);
  expect(await administration.newest("admin.secrets.schedule")).toMatchObject({
    details: { ring: "signing", before: null, after: 30 },
  });
  expect(await rotateDueKeys(administration.deps)).toEqual([]);
  administration.now = after(administration.now, days(30));
  const both = await Promise.all([
    rotateDueKeys(administration.deps),
    rotateDueKeys(administration.deps),
  ]);
  expect(both.flat()).toEqual(["signing"]);
  const rotated = await ring("signing");
  expect(rotated.keys.find(({ key }) => key === current)?.state).toBe("previous");
  expect(await administration.newest("admin.secrets.rotate")).toMatchObject({
    actorType: "system",
    success: false,
  });
  // Somebody who has signed in again since.
  ({ secrets } = administration.as(admin));
  await secrets.schedule({ ring: "signing", every_days: null });
  expect((await ring("signing")).schedule).toBeNull();
  administration.pass(days(400));
  expect(await rotateDueKeys(administration.deps)).toEqual([]);
});

test("secrets.schedule wants a fresh sign-in, and a number of days that makes sense", async () => {
  const { user } = await administration.admin("owner");
  const stale = administration.as(user, minutes(6));
  const schedule = { ring: "signing", every_days: 30 } as const;
  expect(await refusalOf(stale.secrets.schedule(schedule))).toBe("step_up_required");
  await expect(secrets.schedule({ ring: "signing", every_days: 0 })).rejects.toThrow();
});
