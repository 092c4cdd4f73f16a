/**
 * Users as administrators work on them: whom they may act on, what each act leaves, and what is shown.
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

test("users.get shows sessions, sockets and events, and no events to whoever may not read them", async () => {
  const ann = await administration.addUser("ann");
  await administration.addSession(ann);
  await administration.note("login", {}, { userId: ann.id, username: "ann" });
  const input = { id: String(ann.id) };
  const { procedures: auditor } = await administration.admin("auditor");
  const shown = await auditor.users.get(input);
  expect(shown).toMatchObject({ sockets: 2, must_change_password: false, identities: [] });
  expect(shown.sessions).toHaveLength(1);
  expect(shown.events?.map(({ action }) => action)).toEqual(["login"]);
  const { procedures: support } = await administration.admin("support");
  expect((await support.users.get(input)).events).toBeNull();
});

test("users.delete keeps oneself and the last owner, and owners from all but owners", async () => {
  const { user: owner, procedures: asOwner } = await administration.admin("owner");
  const { user: security, procedures: asSecurity } = await administration.admin("security");
  const ann = await administration.addUser("ann");
  const id = (user: { readonly id: number }) => ({ id: String(user.id) });
  expect(await refusalOf(asOwner.users.delete(id(owner)))).toBe("conflict");
  expect(await refusalOf(asSecurity.users.delete(id(owner)))).toBe("forbidden");
  expect(await refusalOf(asSecurity.users.delete(id(security)))).toBe("conflict");
  const stale = administration.as(owner, minutes(6));
  expect(await refusalOf(stale.users.delete(id(ann)))).toBe("step_up_required");
  await asSecurity.users.delete({ ...id(ann), reason: "spam" });
  expect(await administration.newest("admin.users.delete")).toMatchObject({
    actorName: "security",
    userId: ann.id,
    username: "ann",
    details: { reason: "spam", role: null, sessions_ended: 0 },
  });
  expect(await refusalOf(asOwner.users.delete(id(ann)))).toBe("not_found");
});

test("two owners who delete each other at once leave one (race)", async () => {
  const first = await administration.admin("owner", "first");
  const second = await administration.admin("owner", "second");
  const codes = await Promise.all([
    refusalOf(first.procedures.users.delete({ id: String(second.user.id) })),
    refusalOf(second.procedures.users.delete({ id: String(first.user.id) })),
  ]);
  expect(codes.toSorted()).toEqual(["conflict", "none"]);
});

test("passwords: nothing is asked of whoever has none, nor sent to whoever is blocked, and both leave an event", async () => {
  const { procedures } = await administration.admin("security");
  const { user: owner } = await administration.admin("owner");
  const blockedAt = administration.now;
  const none = await administration.addUser("none");
  const ann = await administration.addUser("ann", { passwordHash: "$argon2id$x", blockedAt });
  const { users } = procedures;
  const { requirePasswordChange, sendReset } = users;
  expect(await refusalOf(requirePasswordChange({ id: String(none.id) }))).toBe("conflict");
  expect(await refusalOf(sendReset({ id: String(ann.id) }))).toBe("conflict");
  expect(await refusalOf(sendReset({ id: String(owner.id) }))).toBe("forbidden");
  expect((await requirePasswordChange({ id: String(ann.id) })).must_change_password).toBe(true);
  expect(await administration.newest("admin.users.require_password_change")).toMatchObject({
    username: "ann",
    success: true,
    details: { before: false, after: true },
  });
  await sendReset({ id: String(none.id) });
  expect(await administration.newest("admin.users.send_reset")).toMatchObject({
    username: "none",
    success: true,
  });
});

test("users.invite refuses what is no address, and leaves an event", async () => {
  const { users } = (await administration.admin("security")).procedures;
  expect(await refusalOf(users.invite({ email: "nobody" }))).toBe("invalid_request");
  await expect(users.invite({ email: "nobody" })).rejects.toMatchObject({
    cause: { problem: { errors: [{ path: "email", code: "email_invalid" }] } },
  });
  const sent = await users.invite({ email: "New@example.com" });
  expect(sent.email).toBe("New@example.com");
  expect(await administration.newest("admin.users.invite")).toMatchObject({
    details: { email: "New@example.com" },
  });
});

test("users.setRole changes the role that was shown, and tells where it is another by now (lost update)", async () => {
  const { procedures: owner } = await administration.admin("owner");
  const ann = await administration.addUser("ann");
  await administration.addSession(ann);
  const id = String(ann.id);
  await owner.users.setRole({ id, role: "auditor", expected: null });
  expect(await refusalOf(owner.users.setRole({ id, role: "support", expected: null }))).toBe(
    "conflict",
  );
  expect(await owner.users.get({ id })).toMatchObject({ role: "auditor", sessions: [] });
  expect(await administration.newest("admin.users.set_role")).toMatchObject({
    success: false,
    details: { before: "auditor", after: "support", refused: "conflict" },
  });
  await owner.users.setRole({ id, role: "support", expected: "auditor" });
  await owner.users.setRole({ id, role: null });
  expect(await owner.users.get({ id })).toMatchObject({ role: null });
});
