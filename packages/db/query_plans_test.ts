/**
 * Every statement that the store runs, and how the database finds its rows: never by going through a
 * table that grows.
 *
 * @module
 */

import { afterAll, expect, test } from "bun:test";
import type { InStatement } from "@libsql/client";
import type { AuthReads, KeyId, SessionId, UserId } from "@postern/auth";
import {
  addSession,
  addUser,
  event,
  freshPath,
  NOW,
  newToken,
  newUser,
  openTest,
  random,
  removeDatabase,
  sealer,
  sha256,
} from "./_testing.ts";
import { createAuthStore } from "./create_auth_store.ts";
import { createOutbox } from "./create_outbox.ts";
import type { Database } from "./database.ts";
import { createWriter } from "./writer.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const statements = new Set<string>();
await useEverything();

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

function note(statement: InStatement): void {
  if (typeof statement === "object") statements.add(statement.sql.replaceAll(/\s+/g, " ").trim());
}

/** The database, writing down what it is asked. */
function listening(database: Database): Database {
  return {
    ...database,
    reader: {
      execute: (statement) => {
        note(statement);
        return database.reader.execute(statement);
      },
    },
    begin: async () => {
      const transaction = await database.begin();
      const execute = transaction.execute.bind(transaction);
      transaction.execute = (statement: InStatement | string) => {
        if (typeof statement !== "string") note(statement);
        return execute(statement as InStatement);
      };
      return transaction;
    },
  };
}

async function useEverything(): Promise<void> {
  const database = listening(opened.database);
  const writer = createWriter({
    database,
    sha256,
    clock: { now: () => NOW },
    onCommit: () => undefined,
  });
  const heard = createAuthStore({ database, writer, sealer, random });
  const outbox = createOutbox({ database, writer, sealer });
  const user = await addUser(heard, newUser("ada"));
  const { session, token, secretHash } = await addSession(heard, user.id);
  await readAll(heard, user.id, session.id);
  await heard.findSessionBySecret(secretHash);
  await heard.write(async (tx) => {
    await readAll(tx, user.id, session.id);
    await tx.insertUser(newUser("ada"));
    await tx.updateUser(user.id, { name: "Ada", username: "ada2", email: "ada2@example.com" });
    await tx.renewSignupLink("x" as never, "l", NOW);
    await tx.takeSignup("l", NOW);
    await tx.deleteSignupsOf("x@example.com");
    await tx.spendLink("l", "email_undo", NOW);
    await tx.voidLinks(user.id, ["email_undo"]);
    await tx.moveKey("k" as KeyId, "next", "current", NOW);
    await tx.queueMail("x@example.com", { kind: "signup_existing" }, NOW);
    await tx.endSessions({ id: "x" as SessionId }, NOW, "logout");
    await tx.endSessions({ id: "x" as SessionId, userId: user.id }, NOW, "logout");
    await tx.endSessions({ keyId: "k" as KeyId }, NOW, "key_compromised");
    return { value: null, event: event() };
  });
  const { bookkeeping } = heard;
  await bookkeeping.rotateRefreshToken({
    spend: token.id,
    at: NOW,
    sealedSuccessor: "x",
    next: newToken(session.id),
    forgetBefore: NOW,
  });
  await bookkeeping.touchSessions(new Map([[session.id, NOW]]));
  const report = { directive: "d", blockedOrigin: "o", pagePath: "p" };
  await bookkeeping.countCspReport(report, event());
  await bookkeeping.resealSecrets(NOW);
  await bookkeeping.changesAfter(0);
  await bookkeeping.changesAfter(1e9);
  const [claim] = await outbox.claimDue(5, NOW, 1_000);
  if (claim === undefined) throw new Error("No mail");
  await outbox.markFailed(claim, NOW, "x");
  await outbox.markDead(claim, NOW, "x");
  await outbox.markSent(claim, NOW);
  await Promise.all([outbox.nextDueAt(), outbox.backlog(), outbox.list(5)]);
  await heard.write(async (tx) => {
    await tx.endSessions({ userId: user.id, except: session.id }, NOW, "logout");
    await tx.endSessions({ userId: user.id }, NOW, "logout");
    return { value: null, event: event() };
  });
  await bookkeeping.purge(NOW);
}

async function readAll(reads: AuthReads, userId: UserId, sessionId: SessionId): Promise<void> {
  await reads.findUser(userId);
  await reads.findUserByEmail("x");
  await reads.findUserByUsername("x");
  await reads.findSignups({ email: "x" }, NOW);
  await reads.findSignups({ username: "x" }, NOW);
  await reads.findSignupByLink("x");
  await reads.findLink("x", "email_undo");
  await reads.findSession(sessionId);
  await reads.findRefreshToken("x" as never);
  await reads.listSessions(userId, NOW, { limit: 5 });
  await reads.listKeys();
  await reads.countDependants("k" as KeyId, NOW);
  await reads.listLimits();
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

/** How the database goes about a statement, line by line. Asked of the library that will run it. */
async function planOf(sql: string): Promise<readonly string[]> {
  const sqlWithPlan = { sql: `EXPLAIN QUERY PLAN ${sql}`, args: [] };
  return (await opened.database.reader.execute(sqlWithPlan)).rows.map((row) =>
    String(row["detail"]),
  );
}

/** Small tables, and walks that stop at their limit, each with the reason why it may be gone through. */
const ALLOWED: readonly (readonly [line: RegExp, reason: string])[] = [
  [/^SCAN (r|json_each) VIRTUAL TABLE/, "the rows of the statement's own argument"],
  [/^SCAN s VIRTUAL TABLE INDEX \d+:.*M/, "matches of the search index, in its order"],
  [/^SCAN (keys|limits|providers|provider_health)\b/, "a table of some ten rows"],
  [/^SCAN csp_reports\b/, "at most 1,000 rows"],
  [/^SCAN CONSTANT ROW$/, "no table"],
  [/^SCAN outbox USING (COVERING )?INDEX outbox_waiting$/, "only what waits"],
  [/^SCAN \(subquery-\d+\)$/, "as many rows as its limit"],
];

/** Statements whose walk along a primary key stops at a limit. */
const WALKS = [
  "SELECT json_array(seq, hash) FROM events ORDER BY seq DESC LIMIT 1",
  "FROM outbox WHERE sealed IS NOT NULL ORDER BY id DESC LIMIT ?",
  "DELETE FROM changes",
];

test("no statement goes through a table that grows", async () => {
  const bad: string[] = [];
  for (const sql of statements) {
    if (WALKS.some((walk) => sql.includes(walk))) continue;
    for (const line of await planOf(sql)) {
      const fine = !line.startsWith("SCAN") || ALLOWED.some(([allowed]) => allowed.test(line));
      if (!fine) bad.push(`${line}: ${sql}`);
    }
  }
  expect(bad).toEqual([]);
  expect(statements.size).toBeGreaterThan(50);
});

test("no list is sorted after it was read, but for the beginnings of usernames", async () => {
  const known = [/username >= \? AND username < \?/, /FROM keys/, /count\(DISTINCT/];
  const sorted: string[] = [];
  for (const sql of statements) {
    if (known.some((each) => each.test(sql))) continue;
    if ((await planOf(sql)).some((line) => line.includes("TEMP B-TREE"))) sorted.push(sql);
  }
  expect(sorted).toEqual([]);
});

test("each list of events follows the index of its narrowest filter, from the cursor on", async () => {
  const lists = [...statements].filter((sql) => sql.includes("(at, seq) < (?, ?)"));
  const plans = await Promise.all(lists.map(planOf));
  expect(plans.map(([first]) => first).toSorted()).toEqual([
    "SEARCH events USING INDEX events_by_action (action=? AND at<?)",
    "SEARCH events USING INDEX events_by_ip (ip=? AND at<?)",
    "SEARCH events USING INDEX events_by_time (at<?)",
    "SEARCH events USING INDEX events_by_time (at>? AND at<?)",
    "SEARCH events USING INDEX events_by_user (user_id=? AND at>? AND at<?)",
    "SEARCH events USING INDEX events_failed (at<?)",
  ]);
});
