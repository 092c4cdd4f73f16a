/**
 * What the procedures of administration do, and the event that each leaves.
 *
 * @module
 */

import { afterEach, beforeEach, expect, test } from "bun:test";
import { minutes } from "@postern/std";
import { type Administration, openAdministration, refusalOf } from "../support/administration.ts";

let administration: Administration;

beforeEach(async () => {
  administration = await openAdministration();
});

afterEach(async () => {
  await administration[Symbol.asyncDispose]();
});

test("users.block keeps a user out with a reason and ends the sessions; users.unblock lifts it", async () => {
  const { procedures } = await administration.admin("support");
  const ann = await administration.addUser("ann");
  await administration.addSession(ann);
  const id = String(ann.id);
  const blocked = await procedures.users.block({ id, reason: "spam" });
  expect(blocked).toMatchObject({ state: "blocked", block_reason: "spam", sessions_ended: 1 });
  expect(await administration.newest("admin.users.block")).toMatchObject({
    actorName: "support",
    username: "ann",
    success: true,
    details: { reason: "spam", before: { blocked: false }, sessions_ended: 1 },
  });
  expect((await procedures.users.unblock({ id })).state).toBe("active");
  expect((await administration.newest("admin.users.unblock"))?.success).toBe(true);
});

test("users.block of an administrator wants a higher role and a fresh sign-in, and notes a refusal", async () => {
  const { procedures: support } = await administration.admin("support");
  const { user: owner, procedures: asOwner } = await administration.admin("owner");
  const { user: security, procedures: asSecurity } = await administration.admin("security");
  expect(await refusalOf(support.users.block({ id: String(security.id) }))).toBe("forbidden");
  expect(await administration.newest("admin.users.block")).toMatchObject({
    success: false,
    details: { refused: "forbidden" },
  });
  expect(await refusalOf(asSecurity.users.block({ id: String(owner.id) }))).toBe("forbidden");
  const stale = administration.as(owner, minutes(6));
  expect(await refusalOf(stale.users.block({ id: String(security.id) }))).toBe("step_up_required");
  expect((await asOwner.users.block({ id: String(security.id) })).state).toBe("blocked");
});

test("the last owner can be neither blocked nor demoted, and of two at once one stays (race)", async () => {
  const owner = await administration.addUser("first", { role: "owner", passwordHash: "a hash" });
  const first = { user: owner, procedures: administration.as(owner) };
  expect(
    await refusalOf(first.procedures.users.setRole({ id: String(first.user.id), role: null })),
  ).toBe("conflict");
  expect(await refusalOf(first.procedures.users.block({ id: String(first.user.id) }))).toBe(
    "conflict",
  );
  // An owner with no way in is none who could take over.
  await administration.addUser("ghost", { role: "owner" });
  const self = { id: String(first.user.id), role: null };
  expect(await refusalOf(first.procedures.users.setRole(self))).toBe("conflict");
  const user = await administration.addUser("second", { role: "owner", passwordHash: "a hash" });
  const second = { user, procedures: administration.as(user) };
  const codes = await Promise.all([
    refusalOf(first.procedures.users.setRole({ id: String(second.user.id), role: null })),
    refusalOf(second.procedures.users.block({ id: String(first.user.id) })),
  ]);
  expect(codes.toSorted()).toEqual(["conflict", "none"]);
});

test("users.setRole tells before and after, and ends the sessions of the old role", async () => {
  const { procedures } = await administration.admin("owner");
  const ann = await administration.addUser("ann");
  const session = await administration.addSession(ann);
  const given = await procedures.users.setRole({ id: String(ann.id), role: "auditor" });
  expect(given.role).toBe("auditor");
  const details = { before: null, after: "auditor" };
  expect(await administration.newest("admin.users.set_role")).toMatchObject({ details });
  const found = await administration.core.store.findSession(session.id);
  expect(found?.session.endedAt).not.toBeNull();
});

test("sessions.endMatching counts first, wants a fresh sign-in, and ends what it counted", async () => {
  const { user, procedures } = await administration.admin("security");
  const owner = await administration.addUser("root", { role: "owner" });
  const ann = await administration.addUser("ann");
  for (const ip of ["10.1.2.3", "10.9.9.9", "192.0.2.1"])
    await administration.addSession(ann, { ip });
  await administration.addSession(owner, { ip: "10.1.1.1" });
  const query = "ip:10.0.0.0/8";
  const { sessions } = procedures;
  expect(await sessions.endMatching({ query, dryRun: true })).toEqual({ matched: 2, ended: 0 });
  const stale = administration.as(user, minutes(6));
  expect(await stale.sessions.endMatching({ query, dryRun: true })).toEqual({
    matched: 2,
    ended: 0,
  });
  expect(await refusalOf(stale.sessions.endMatching({ query }))).toBe("step_up_required");
  expect(await refusalOf(sessions.endMatching({ query: " " }))).toBe("invalid_request");
  expect(await sessions.endMatching({ query })).toEqual({ matched: 2, ended: 2 });
  expect(await administration.newest("admin.sessions.end_matching")).toMatchObject({
    details: { query, matched: 2, sessions_ended: 2 },
  });
  const left = await sessions.list({});
  expect(left.items.map((one) => one.ip).toSorted()).toEqual(["10.1.1.1", "192.0.2.1"]);
});

test("sessions.end ends one, once, and an owner's only for an owner", async () => {
  const { procedures } = await administration.admin("support");
  const ann = await administration.addUser("ann");
  const owner = await administration.addUser("root", { role: "owner" });
  const { id } = await administration.addSession(ann);
  const { id: owners } = await administration.addSession(owner);
  expect(await procedures.sessions.end({ id })).toEqual({ sessions_ended: 1 });
  expect(await refusalOf(procedures.sessions.end({ id }))).toBe("not_found");
  expect(await refusalOf(procedures.sessions.end({ id: owners }))).toBe("forbidden");
});

test("support ends no session of another administrator, but its own (keeping out who looks into it)", async () => {
  const { user, procedures } = await administration.admin("support");
  const { procedures: security } = await administration.admin("security");
  for (const role of ["security", "auditor", "support", "owner"] as const) {
    const other = await administration.addUser(`other_${role}`, { role });
    const { id } = await administration.addSession(other);
    expect(await refusalOf(procedures.sessions.end({ id }))).toBe("forbidden");
    expect(await refusalOf(procedures.users.signOut({ id: String(other.id) }))).toBe("forbidden");
    const bySecurity = role === "owner" ? "forbidden" : "none";
    expect(await refusalOf(security.users.signOut({ id: String(other.id) }))).toBe(bySecurity);
  }
  const { id } = await administration.addSession(user);
  expect(await procedures.sessions.end({ id })).toEqual({ sessions_ended: 1 });
  expect(await refusalOf(procedures.users.signOut({ id: String(user.id) }))).toBe("none");
});

test("lists are paged by key, and a wrong query says what is wrong", async () => {
  const { procedures } = await administration.admin("owner");
  for (let count = 0; count < 5; count += 1) await administration.addUser(`user${count}`);
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await procedures.users.list({ query: "role:none", limit: 2, cursor });
    names.push(...page.items.map((one) => one.username));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  expect(names).toEqual(["user4", "user3", "user2", "user1", "user0"]);
  expect(await refusalOf(procedures.users.list({ query: "colour:red" }))).toBe("invalid_request");
  const events = await procedures.audit.list({ query: "action:signup", limit: 3 });
  expect(events.items).toHaveLength(3);
  const { text, next } = await procedures.audit.export({ query: "user:user1", format: "ndjson" });
  expect([text, next]).toEqual(["", null]);
  const csv = await procedures.audit.export({ query: "action:signup", format: "csv" });
  expect(csv.text.trimEnd().split("\r\n")).toHaveLength(7);
  expect(await procedures.audit.verify()).toMatchObject({ ok: true, first_bad: null });
});

test("every list refuses a cursor that it did not give, and names the field", async () => {
  const { procedures } = await administration.admin("auditor");
  await administration.addUser("somebody");
  const { next } = await procedures.audit.list({ limit: 1 });
  const lists = [
    (cursor: string) => procedures.users.list({ cursor }),
    (cursor: string) => procedures.sessions.list({ cursor }),
    (cursor: string) => procedures.sessions.list({ query: "user:somebody", cursor }),
    (cursor: string) => procedures.audit.export({ format: "csv", cursor }),
    (cursor: string) => procedures.limits.listBlockedAddresses({ cursor }),
  ];
  for (const list of [...lists, (cursor: string) => procedures.audit.list({ cursor })]) {
    for (const cursor of ["x", "W10", "bnVsbA", "WzEuNV0"]) {
      const error: unknown = await list(cursor).catch((cause: unknown) => cause);
      expect(problemIn(error)).toMatchObject({
        code: "invalid_request",
        errors: [{ path: "cursor", code: "invalid_request" }],
      });
    }
  }
  expect((await procedures.audit.list({ cursor: next ?? "" })).items.length).toBeGreaterThan(0);
});

/** What a procedure that is called in this process refuses with. */
function problemIn(error: unknown): unknown {
  return ((error as Error).cause as { problem?: unknown } | undefined)?.problem;
}

test("limits.update tells before and after, and puts the row in force before it answers", async () => {
  const { procedures } = await administration.admin("security");
  const edited = await procedures.limits.update({ id: "anonymous", count: 7, window_s: 30 });
  expect(edited).toMatchObject({ count: 7, window_s: 30, enabled: true });
  expect(administration.reloads.limits).toBe(1);
  expect(await administration.newest("admin.limits.update")).toMatchObject({
    details: { before: { count: 100 }, after: { count: 7, window_ms: 30_000 } },
  });
  expect(await refusalOf(procedures.limits.update({ id: "none", count: 7 }))).toBe("not_found");
});

test("secrets: a rotation keeps the old key, and a compromise drops it as it was previewed", async () => {
  const { procedures } = await administration.admin("owner");
  const { secrets } = procedures;
  const rotated = await secrets.rotate({ ring: "signing" });
  const ring = (await secrets.list()).items.find((one) => one.ring === "signing");
  const states = new Map(ring?.keys.map(({ key, state }) => [key, state]));
  expect(states.get(rotated.current)).toBe("current");
  expect(states.get(rotated.previous)).toBe("previous");
  const which = { ring: "signing", key: rotated.previous } as const;
  const preview = await secrets.previewCompromise(which);
  expect(await secrets.compromise(which)).toEqual(preview);
  expect(await refusalOf(secrets.compromise(which))).toBe("not_found");
  expect((await administration.newest("admin.secrets.rotate"))?.success).toBe(true);
  expect(administration.reloads.keys).toBe(2);
});

test("providers: made, edited, switched and taken away, and no secret in answer or event", async () => {
  const { procedures } = await administration.admin("security");
  const client_secret = "a-very-secret-value";
  const given = { id: "acme", kind: "oidc", name: "Acme", client_id: "c", client_secret } as const;
  const { providers } = procedures;
  expect(await refusalOf(providers.create(given))).toBe("invalid_request");
  const made = await providers.create({ ...given, issuer: "http://127.0.0.1:1" });
  expect(made).toMatchObject({ id: "acme", enabled: true, source: "console" });
  expect((await providers.update({ id: "acme", name: "New" })).name).toBe("New");
  expect((await providers.setEnabled({ id: "acme", enabled: false })).enabled).toBe(false);
  expect((await providers.test({ id: "acme" })).ok).toBe(false);
  await providers.replaceSecret({ id: "acme", client_secret: `${client_secret}-2` });
  expect(await providers.delete({ id: "acme" })).toEqual({ id: "acme" });
  expect(await refusalOf(providers.delete({ id: "acme" }))).toBe("not_found");
  const { items } = await administration.core.store.listEvents({}, { limit: 200 });
  expect(JSON.stringify([made, items])).not.toContain(client_secret);
  const actions = new Set(items.map((event) => event.action));
  for (const verb of [
    "create",
    "update",
    "set_enabled",
    "test",
    "replace_secret",
    "delete",
  ] as const) {
    expect(actions).toContain(`admin.providers.${verb}`);
  }
});

test("a provider that is made without scopes is asked for what its issuer knows", async () => {
  const { procedures } = await administration.admin("security");
  const rest = { name: "x", client_id: "c", client_secret: "s" };
  const create = (id: string, kind: "google" | "github" | "oidc", issuer?: string) =>
    procedures.providers.create({ id, kind, ...rest, ...(issuer === undefined ? {} : { issuer }) });
  expect((await create("google", "google")).scopes).toEqual(["openid", "email", "profile"]);
  expect((await create("github", "github")).scopes).toEqual(["read:user", "user:email"]);
  const apple = await create("apple", "oidc", "https://appleid.apple.com");
  expect(apple.scopes).toEqual(["openid", "email", "name"]);
});

test("settings.update sets what the environment does not, and tells before and after", async () => {
  const { procedures } = await administration.admin("owner", "settings_owner");
  const { settings } = procedures;
  const set = await settings.update({ name: "SIGNUP", value: "closed" });
  expect(set).toMatchObject({ name: "SIGNUP", value: "closed", editable: true });
  expect((await settings.get()).items).toContainEqual(set);
  expect(await administration.newest("admin.settings.update")).toMatchObject({
    details: { setting: "SIGNUP", before: "verify", after: "closed" },
  });
  const fixed = settings.update({ name: "PASSWORD_MIN_LENGTH", value: 20 });
  expect(await refusalOf(fixed)).toBe("conflict");
  const unknown = settings.update({ name: "PUBLIC_URL", value: "http://x" } as never);
  await expect(unknown).rejects.toThrow();
});
