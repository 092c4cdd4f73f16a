/**
 * Invitations, passwords that must be changed, links that are sent for somebody, and deletions: as an
 * administrator asks for them, and as the users see it.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Deployment,
  freshName,
  GOOD_PASSWORD,
  openDeployment,
} from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { openRunningConsole, type RunningConsole } from "../support/running_console.ts";

const ACCEPT = "/api/v1/auth/accept-invitation";
const LOGIN = "/api/v1/auth/login";

let deployment: Deployment;
let console: RunningConsole;

beforeAll(async () => {
  deployment = await openDeployment();
  console = await openRunningConsole(deployment);
});

afterAll(async () => {
  await deployment.close();
});

async function invite(email: string): Promise<string> {
  const sent = await console.call("POST", "users.invite", { input: { email } });
  expect(sent.status).toBe(200);
  return (await deployment.nextLink(email)).token;
}

function countOf(table: string, condition: string, ...args: (string | number)[]): number {
  const text = `SELECT count(*) AS n FROM ${table} WHERE ${condition}`;
  return deployment.sql<{ n: number }>(text, ...args)[0]?.n ?? -1;
}

test("whoever is invited chooses a username and a password, once, with a proven address, and is signed in", async () => {
  const username = freshName();
  const email = `${username}@example.com`;
  const token = await invite(email);
  const browser = deployment.visitor();
  const weak = await browser.post(ACCEPT, { token, username, password: "short" });
  expectProblem(weak, "invalid_request");
  const taken = { token, username: console.username, password: GOOD_PASSWORD };
  expectProblem(await browser.post(ACCEPT, taken), "username_taken");
  const answer = await browser.post(ACCEPT, { token, username, password: GOOD_PASSWORD });
  expect([answer.status, answer.json]).toEqual([
    201,
    { user: expect.objectContaining({ username, email, email_verified: true }) },
  ]);
  expect((await browser.get("/api/v1/auth/me")).json).toMatchObject({ username });
  const again = { token, username: freshName(), password: GOOD_PASSWORD };
  expectProblem(await deployment.visitor().post(ACCEPT, again), "invalid_token");
  expect(JSON.stringify(deployment.sql("SELECT * FROM events"))).not.toContain(token);
});

test("a newer invitation voids the older, one that has run out is void, and an address with an account gets none", async () => {
  const username = freshName();
  const email = `${username}@example.com`;
  const first = await invite(email);
  const second = await invite(email.toUpperCase());
  const given = { username, password: GOOD_PASSWORD };
  expectProblem(
    await deployment.visitor().post(ACCEPT, { ...given, token: first }),
    "invalid_token",
  );
  deployment.sql("UPDATE invitations SET expires_at = 1 WHERE email_key = ?", email);
  expectProblem(
    await deployment.visitor().post(ACCEPT, { ...given, token: second }),
    "invalid_token",
  );
  const account = await deployment.newAccount();
  const refused = await console.call("POST", "users.invite", { input: { email: account.email } });
  expect([refused.status, refused.error?.data.code]).toEqual([409, "conflict"]);
});

test("of two who accept one invitation at once, one gets an account (race)", async () => {
  const token = await invite(`${freshName()}@example.com`);
  const answers = await Promise.all(
    [freshName(), freshName()].map((username) =>
      deployment.visitor().post(ACCEPT, { token, username, password: GOOD_PASSWORD }),
    ),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 401]);
});

test("a password that must be changed signs nobody in, and a link to the address changes it", async () => {
  const account = await deployment.newAccount();
  const input = { id: account.id };
  const asked = await console.call("POST", "users.requirePasswordChange", { input });
  expect(asked.result?.data).toMatchObject({ must_change_password: true });
  expect((await account.browser.get("/api/v1/auth/me")).status).toBe(200);
  const old = { identifier: account.username, password: account.password };
  expectProblem(await deployment.visitor().post(LOGIN, old), "password_change_required");
  const wrong = { ...old, password: "not-the-password-1" };
  expectProblem(await deployment.visitor().post(LOGIN, wrong), "invalid_credentials");
  expectProblem(
    await deployment.visitor().post("/api/v1/auth/token", old),
    "password_change_required",
  );
  const { token } = await deployment.nextLink(account.email);
  const fresh = "seven brass gears turning";
  const reset = { token, new_password: fresh };
  const set = await deployment.visitor().post("/api/v1/auth/password/reset", reset);
  expect(set.status).toBe(200);
  const signedIn = await deployment.visitor().post(LOGIN, { ...old, password: fresh });
  expect(signedIn.status).toBe(200);
  const shown = await console.call("GET", "users.get", { input });
  expect(shown.result?.data).toMatchObject({ must_change_password: false });
});

test("a link that an administrator sends sets a new password", async () => {
  const account = await deployment.newAccount();
  const sent = await console.call("POST", "users.sendReset", { input: { id: account.id } });
  expect(sent.status).toBe(200);
  const { token } = await deployment.nextLink(account.email);
  const reset = { token, new_password: "seven brass gears turning" };
  expect((await deployment.visitor().post("/api/v1/auth/password/reset", reset)).status).toBe(200);
});

test("a deleted user is signed out at once and gone with all that was the user's; events stay, and name the user", async () => {
  const account = await deployment.newAccount();
  const other = await deployment.newAccount();
  const made = await account.browser.post("/api/v1/conversations", {
    title: "t",
    members: [other.username],
  });
  expect(made.status).toBe(201);
  const input = { id: account.id, reason: "asked for it" };
  const deleted = await console.call("POST", "users.delete", { input });
  expect(deleted.result?.data).toMatchObject({ username: account.username, sessions_ended: 1 });
  expect((await account.browser.get("/api/v1/auth/me")).status).toBe(401);
  const credentials = { identifier: account.username, password: account.password };
  expectProblem(await deployment.visitor().post(LOGIN, credentials), "invalid_credentials");
  for (const table of ["sessions", "links", "identities", "members", "oauth_codes"]) {
    expect([table, countOf(table, "user_id = ?", Number(account.id))]).toEqual([table, 0]);
  }
  const events = await console.call("GET", "audit.list", { input: { query: "action:signup" } });
  const items = events.result?.data["items"] as readonly { user: { id: string } | null }[];
  const users = items.map(({ user }) => user?.id);
  expect(users).toContain(account.id);
  const again = await deployment.newAccount({ username: account.username, email: account.email });
  expect(again.id).not.toBe(account.id);
});
