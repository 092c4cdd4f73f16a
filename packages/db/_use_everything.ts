/**
 * Uses every method of the store, so that a test can look at the statements behind it.
 *
 * @module
 */

import {
  type AuthReads,
  type AuthStore,
  type AuthTx,
  DEFAULT_LIMITS,
  type KeyId,
  type Link,
  type OauthCode,
  type SessionId,
  type Signup,
  type SignupId,
  type User,
  type UserId,
} from "@postern/auth";
import { after, minutes } from "@postern/std";
import { addSession, addUser, event, NOW, newToken, newUser, sealer, uuid } from "./_testing.ts";
import { turn } from "./_testing_ring.ts";
import { useAdminReads, useAdminWrites } from "./_use_admin.ts";
import { useProviders } from "./_use_providers.ts";
import type { StoredOutbox } from "./create_outbox.ts";
import type { Writer } from "./writer.ts";

/** What is used. */
export interface Used {
  readonly store: AuthStore;
  readonly outbox: StoredOutbox;
  readonly writer: Writer;
}

/** Opens whatever is not of the key `bad`, so that some texts are sealed anew and some are dropped. */
export const lenientSealer = {
  seal: sealer.seal,
  open: (_: string, sealed: string) => (sealed.startsWith("v1.bad.") ? null : "text"),
};

/** Uses everything. */
export async function useEverything(used: Used): Promise<void> {
  const { store } = used;
  const user = await addUser(store, newUser("ada"));
  await useAccounts(used, user);
  await useProviders(store, user);
  await useKeys(used);
  await store.bookkeeping.purge(NOW);
}

async function useAccounts({ store, outbox }: Used, user: User): Promise<void> {
  const { session, token, secretHash } = await addSession(store, user.id);
  await readAll(store, user.id, session.id);
  await store.findSessionBySecret(secretHash);
  await store.write(async (tx) => {
    await readAll(tx, user.id, session.id);
    await tx.findSessionBySecret(secretHash);
    await tx.insertUser(newUser("ada"));
    await tx.insertSignup(newSignup());
    await tx.updateUser(user.id, { name: "Ada", username: "ada2", email: "ada2@example.com" });
    await tx.renewSignupLink("x" as never, "l", NOW);
    await tx.takeSignup("l", NOW);
    await tx.deleteSignupsOf("x@example.com");
    await tx.insertLink(newLink(user));
    await tx.spendLink("l", "email_undo", NOW);
    await tx.voidLinks(user.id, ["email_undo"]);
    await tx.moveKey("k" as KeyId, "next", "current", NOW);
    await tx.queueMail("x@example.com", { kind: "signup_existing" }, NOW);
    await tx.endSessions({ id: "x" as SessionId }, NOW, "logout");
    await tx.endSessions({ id: "x" as SessionId, userId: user.id }, NOW, "logout");
    await tx.endSessions({ ids: ["x" as SessionId] }, NOW, "revoked");
    for (const limit of DEFAULT_LIMITS.slice(0, 1)) await tx.updateLimit(limit);
    await useAdministration(tx, user);
    await useAdminWrites(tx);
    await tx.endSessions({ keyId: "k" as KeyId }, NOW, "key_compromised");
    tx.announce({ kind: "limits_changed" });
    return { value: null, event: event() };
  });
  const { bookkeeping } = store;
  await bookkeeping.rotateRefreshToken({
    spend: token.id,
    at: NOW,
    sealedSuccessor: "x",
    next: newToken(session.id),
  });
  await bookkeeping.touchSessions(new Map([[session.id, NOW]]));
  await useUpkeep(store);
  const [claim] = await outbox.claimDue(5, NOW, 1_000);
  if (claim === undefined) throw new Error("No mail");
  await outbox.markFailed(claim, NOW, "x");
  await outbox.markDead(claim, NOW, "x");
  await outbox.markSent(claim, NOW);
  await Promise.all([outbox.nextDueAt(), outbox.backlog(), outbox.list(5)]);
  await store.write(async (tx) => {
    await tx.endSessions({ userId: user.id, except: session.id }, NOW, "logout");
    await tx.endSessions({ userId: user.id }, NOW, "revoked");
    return { value: null, event: event() };
  });
}

async function useUpkeep({ bookkeeping }: AuthStore): Promise<void> {
  const report = { directive: "d", blockedOrigin: "o", pagePath: "p" };
  await bookkeeping.countCspReport(report, event());
  await bookkeeping.beat(NOW);
  await bookkeeping.forgetSpentTokens(after(NOW, minutes(1)));
  await bookkeeping.takeOnce("x", NOW);
  await bookkeeping.changesAfter(0);
  await bookkeeping.changesAfter(1e9);
}

function newSignup(): Signup {
  return {
    id: uuid() as SignupId,
    email: "x@example.com",
    username: "x",
    name: null,
    passwordHash: "hash",
    browserHash: null,
    linkHash: "x",
    linkExpiresAt: NOW,
    createdAt: NOW,
    expiresAt: NOW,
  };
}

async function useAdministration(tx: AuthTx, { id }: User): Promise<void> {
  await tx.insertOauthCode(newCode(id));
  await tx.spendOauthCode("l", uuid() as SessionId, NOW);
  await tx.insertSetupLink({ tokenHash: "l", createdAt: NOW, expiresAt: NOW });
  await tx.spendSetupLink("l", NOW);
}

function newCode(userId: UserId): OauthCode {
  const rest = { signedInAt: NOW, createdAt: NOW, expiresAt: NOW, sessionId: null };
  const bound = { allowedBy: null, stepUpFor: null };
  return { codeHash: "l", userId, redirectUri: "x", codeChallenge: "x", ...rest, ...bound };
}

function newLink({ id, email }: User): Link {
  const rest = { browserHash: null, createdAt: NOW, expiresAt: NOW };
  return { tokenHash: "l", kind: "email_undo", userId: id, email, ...rest };
}

const SEALED = [
  ["outbox", "id", "sealed"],
  ["providers", "id", "sealed_secret"],
  ["providers", "id", "sealed_previous_secret"],
  ["identity_tokens", "identity_id", "sealed_access"],
  ["identity_tokens", "identity_id", "sealed_refresh"],
] as const;

/** In every place, one text is of an older key and one does not open. */
async function useKeys({ store, writer }: Used): Promise<void> {
  await turn(store, null, "key-1");
  await store.write(async (tx) => {
    for (const to of ["a@example.com", "b@example.com"]) {
      await tx.queueMail(to, { kind: "signup_existing" }, NOW);
    }
    return { value: null, event: event() };
  });
  await writer.run(async (tx) => {
    for (const [table, id, name] of SEALED) {
      for (const [row, key] of ["older", "bad"].entries()) {
        const one = `SELECT ${id} FROM ${table} ORDER BY ${id} DESC LIMIT 1 OFFSET ${row}`;
        await tx.execute({
          sql: `UPDATE ${table} SET ${name} = 'v1.${key}.x.y' WHERE ${id} = (${one})`,
          args: [],
        });
      }
    }
  });
  const { bookkeeping } = store;
  await bookkeeping.countOtherwiseSealed();
  for (const [table, , name] of SEALED) {
    const { done, lost } = await bookkeeping.resealSecrets(NOW);
    if (done !== 1 || lost !== 1) throw new Error(`${table}.${name}: ${done} and ${lost}`);
  }
}

async function readAll(reads: AuthReads, userId: UserId, sessionId: SessionId): Promise<void> {
  await reads.findUser(userId);
  await reads.findUserByEmail("x");
  await reads.findUserByUsername("x");
  await reads.findSignups({ email: "x" }, NOW);
  await reads.findSignups({ username: "x" }, NOW);
  await reads.findSignupByLink("x");
  await reads.findLink("x", "email_undo");
  await reads.isSetupLinkOpen("x", NOW);
  await reads.findOauthCode("l");
  await reads.findSession(sessionId);
  await reads.findRefreshToken("x" as never);
  await reads.listSessions(userId, NOW, { limit: 5 });
  await reads.listAllSessions(NOW, { limit: 5 });
  await reads.countOtherOwners(userId, NOW);
  await reads.hasOwner();
  await reads.listKeys();
  await reads.countDependants("k" as KeyId, NOW);
  await reads.countConsoles("k" as KeyId, NOW);
  await reads.listLimits();
  await useAdminReads(reads);
  for (const query of [undefined, "ab", "abc", "12"]) await reads.listUsers(query, { limit: 5 });
  const ip = "192.0.2.1";
  const action = "login";
  for (const filter of [
    {},
    { since: NOW, until: NOW },
    { userId, ip, action, success: false, since: NOW, until: NOW },
    { ip, action, success: true },
    { action, success: false },
    { success: false },
  ]) {
    await reads.listEvents(filter, { limit: 5 });
  }
  await reads.readChain(1, 5);
}
