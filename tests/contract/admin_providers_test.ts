/**
 * Providers as administrators edit them: what would shut administrators out, and what no issuer is.
 *
 * @module
 */

import { afterEach, beforeEach, expect, test } from "bun:test";
import type { IdentityId, Role, User } from "@postern/auth";
import { uuidV7 } from "@postern/std";
import { type Administration, openAdministration, refusalOf } from "../support/administration.ts";

const ISSUER = "http://127.0.0.1:1";

let administration: Administration;

beforeEach(async () => {
  administration = await openAdministration();
});

afterEach(async () => {
  await administration[Symbol.asyncDispose]();
});

async function addProvider(id: string, issuer = ISSUER) {
  const { procedures } = await administration.admin("security", `maker_of_${id}`);
  const given = { id, kind: "oidc", name: id, client_id: "c", client_secret: "s" } as const;
  return {
    providers: procedures.providers,
    row: await procedures.providers.create({ ...given, issuer }),
  };
}

/** Somebody whose ways in are providers alone. */
async function linked(username: string, role: Role | null, ids: readonly string[]): Promise<User> {
  const user = await administration.addUser(username, { role });
  for (const providerId of ids) {
    const id = uuidV7(administration.core.random, administration.now) as IdentityId;
    const identity = {
      id,
      userId: user.id,
      providerId,
      issuer: ISSUER,
      subject: `${username} at ${providerId}`,
      label: null,
      linkedAt: administration.now,
      usedAt: administration.now,
      needsReconnect: false,
    };
    await administration.core.store.write(async (tx) => ({
      value: await tx.insertIdentity(identity),
      event: administration.event("oauth_link"),
    }));
  }
  return user;
}

async function messageOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

test("providers.setEnabled does not switch off an administrator's only way in, unless forced (locking an owner out)", async () => {
  const { providers } = await addProvider("acme");
  await addProvider("zeta");
  await linked("olga", "owner", ["acme"]);
  await linked("both", "auditor", ["acme", "zeta"]);
  await linked("visitor", null, ["acme"]);
  const off = { id: "acme", enabled: false };
  expect(await refusalOf(providers.setEnabled(off))).toBe("last_way_in");
  expect(await messageOf(providers.setEnabled(off))).toBe("It is the only way in of: olga");
  expect((await providers.list()).items.find(({ id }) => id === "acme")?.enabled).toBe(true);
  expect(await administration.newest("admin.providers.set_enabled")).toMatchObject({
    success: false,
    details: { refused: "last_way_in", locked_out: ["olga"], locked_out_more: 0 },
  });
  expect((await providers.setEnabled({ ...off, force: true })).enabled).toBe(false);
  expect(await administration.newest("admin.providers.set_enabled")).toMatchObject({
    success: true,
    details: { after: { enabled: false }, locked_out: ["olga"] },
  });
  // It is off: those who have it and another have that one alone by now.
  expect(await messageOf(providers.setEnabled({ id: "zeta", enabled: false }))).toEndWith("both");
  expect((await providers.setEnabled({ id: "acme", enabled: true })).enabled).toBe(true);
});

test("providers.setEnabled switches off what is nobody's only way in but users', who wait", async () => {
  const { providers } = await addProvider("acme");
  await linked("visitor", null, ["acme"]);
  expect((await providers.setEnabled({ id: "acme", enabled: false })).enabled).toBe(false);
  const event = await administration.newest("admin.providers.set_enabled");
  expect(event?.details).not.toHaveProperty("locked_out");
});

test("providers.update does not move the issuer that an administrator's only way in is known by, unless forced", async () => {
  const { providers } = await addProvider("acme");
  await linked("olga", "owner", ["acme"]);
  expect((await providers.update({ id: "acme", name: "Acme", issuer: ISSUER })).name).toBe("Acme");
  const moved = { id: "acme", issuer: "http://127.0.0.1:2" };
  expect(await refusalOf(providers.update(moved))).toBe("last_way_in");
  expect((await providers.list()).items[0]?.issuer).toBe(ISSUER);
  expect((await providers.update({ ...moved, force: true })).issuer).toBe(moved.issuer);
});

test.each([
  "https://user:secret@issuer.example",
  "https://user@issuer.example",
  "https://issuer.example/#fragment",
  "https://issuer.example/?query",
  "https://issuer.example\\@evil.example",
  "ftp://issuer.example",
  "issuer.example",
])("an issuer is no address such as %s (credentials in logs, another host)", async (issuer) => {
  const { providers } = await addProvider("acme");
  const told = "issuer: Give an http: or https: URL without user, password, query and fragment";
  const given = {
    id: "bad",
    kind: "oidc",
    name: "Bad",
    client_id: "c",
    client_secret: "s",
  } as const;
  const calls = [
    () => providers.create({ ...given, issuer }),
    () => providers.update({ id: "acme", issuer }),
  ];
  for (const call of calls) {
    const error = await call().then(
      () => null,
      (cause: {
        readonly code: string;
        readonly cause: { readonly issues: readonly { message: string }[] };
      }) => cause,
    );
    expect(error?.code).toBe("BAD_REQUEST");
    expect(error?.cause.issues.map(({ message }) => `issuer: ${message}`)).toEqual([told]);
  }
  expect((await providers.list()).items.map(({ id }) => id)).toEqual(["acme"]);
});
