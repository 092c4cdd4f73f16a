/**
 * Every procedure of administration, with every role, with nobody, with a user who has none, and
 * after a sign-in that is too old.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Role, User } from "@postern/auth";
import { adminRouter } from "@postern/rpc";
import { minutes } from "@postern/std";
import { type Administration, openAdministration } from "../support/administration.ts";

/** Who may call what, written down once more: beside the code that decides it. */
const READS = "owner security auditor";
const ALLOWED: Readonly<Record<string, string>> = {
  "overview.summary": "owner security support auditor",
  "overview.history": "owner security support auditor",
  "overview.live": "owner security support auditor",
  "users.list": "owner security support auditor",
  "users.get": "owner security support auditor",
  "users.facets": "owner security support auditor",
  "users.live": "owner security support auditor",
  "users.block": "owner security support",
  "users.unblock": "owner security support",
  "users.signOut": "owner security support",
  "users.invite": "owner security",
  "users.requirePasswordChange": "owner security",
  "users.sendReset": "owner security",
  "users.delete": "owner security",
  "users.setRole": "owner",
  "sessions.list": "owner security support auditor",
  "sessions.get": "owner security support auditor",
  "sessions.facets": "owner security support auditor",
  "sessions.live": "owner security support auditor",
  "sessions.end": "owner security support",
  "sessions.endMatching": "owner security",
  "sessions.startEnding": "owner security",
  "sessions.cancelEnding": "owner security",
  "sessions.ending": "owner security",
  "providers.list": READS,
  "providers.create": "owner security",
  "providers.update": "owner security",
  "providers.setEnabled": "owner security",
  "providers.replaceSecret": "owner security",
  "providers.test": "owner security",
  "providers.delete": "owner security",
  "limits.list": READS,
  "limits.update": "owner security",
  "limits.pressure": READS,
  "limits.live": READS,
  "limits.dryRun": READS,
  "limits.resetCount": "owner security",
  "limits.listBlockedAddresses": READS,
  "limits.blockAddress": "owner security",
  "limits.unblockAddress": "owner security",
  "audit.list": READS,
  "audit.export": READS,
  "audit.tail": READS,
  "audit.get": READS,
  "audit.facets": READS,
  "audit.verifyLive": READS,
  "audit.verify": READS,
  "secrets.list": READS,
  "secrets.live": READS,
  "secrets.schedule": "owner security",
  "secrets.rotate": "owner security",
  "secrets.previewCompromise": READS,
  "secrets.compromise": "owner security",
  "settings.get": READS,
  "settings.update": "owner",
};

const DANGEROUS = [
  "users.setRole",
  "users.delete",
  "sessions.startEnding",
  "providers.create",
  "providers.replaceSecret",
  "providers.delete",
  "secrets.rotate",
  "secrets.schedule",
  "secrets.compromise",
];

const ROLES: readonly Role[] = ["owner", "security", "support", "auditor"];
const PATHS = Object.keys(adminRouter._def.procedures);

let administration: Administration;
const users = new Map<Role | null, User>();

beforeAll(async () => {
  administration = await openAdministration();
  for (const role of ROLES) users.set(role, await administration.addUser(role, { role }));
  users.set(null, await administration.addUser("nobody"));
});

afterAll(async () => {
  await administration[Symbol.asyncDispose]();
});

type Procedures = ReturnType<Administration["as"]>;

/** Calls a procedure with input that is wrong, so that nothing happens; gives the code of its refusal. */
async function refusalOf(procedures: Procedures, path: string): Promise<string> {
  const [area = "", name = ""] = path.split(".");
  const calls = procedures as unknown as Record<
    string,
    Record<string, (input: unknown) => Promise<unknown>>
  >;
  try {
    await calls[area]?.[name]?.({ id: null, ring: null, query: null, cidr: null, limit: null });
    return "none";
  } catch (error) {
    const { cause } = error as { cause?: { problem?: { code?: string } } };
    return cause?.problem?.code ?? "none";
  }
}

function userOf(role: Role | null): User {
  const user = users.get(role);
  if (user === undefined) throw new Error(`There is no ${role}`);
  return user;
}

test("the table of this test names every procedure, and no other", () => {
  expect(PATHS.toSorted()).toEqual(Object.keys(ALLOWED).toSorted());
});

test("every procedure refuses each role that is not named for it (role escalation)", async () => {
  const wrong: string[] = [];
  for (const path of PATHS) {
    for (const role of ROLES) {
      const isNamed = ALLOWED[path]?.split(" ").includes(role) === true;
      const refusal = await refusalOf(administration.as(userOf(role)), path);
      if ((refusal === "forbidden") === isNamed) wrong.push(`${path} as ${role}: ${refusal}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("every procedure refuses a user without a role, whatever the credential is bound to", async () => {
  for (const path of PATHS) {
    expect(await refusalOf(administration.as(userOf(null)), path)).toBe("forbidden");
  }
});

test("every procedure refuses whoever is not known, with the reason for it", async () => {
  for (const code of ["unauthenticated", "invalid_token", "session_ended"] as const) {
    const procedures = administration.call({ ok: false, error: { code } });
    for (const path of PATHS) expect(await refusalOf(procedures, path)).toBe(code);
  }
});

test("dangerous procedures want a sign-in at most five minutes old (stale step-up)", async () => {
  const stale = administration.as(userOf("owner"), minutes(5) + 1);
  const fresh = administration.as(userOf("owner"), minutes(5));
  for (const path of PATHS) {
    const isDangerous = DANGEROUS.includes(path);
    expect((await refusalOf(stale, path)) === "step_up_required").toBe(isDangerous);
    expect(await refusalOf(fresh, path)).not.toBe("step_up_required");
  }
});
