import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Account,
  type Deployment,
  GOOD_PASSWORD,
  openDeployment,
} from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";
import { expectProblem } from "../support/expect_problem.ts";
import type { Answer } from "../support/http_client.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ env: { LOG_LEVEL: "debug" } });
});

afterAll(async () => {
  await deployment.close();
});

/** An event as it is stored. */
interface Row {
  readonly seq: number;
  readonly action: string;
  readonly actor_type: string;
  readonly actor_id: number | null;
  readonly user_id: number | null;
  readonly username: string | null;
  readonly ip: string | null;
  readonly user_agent: string | null;
  readonly success: number;
  readonly details: string;
  readonly request_id: string;
  readonly at: number;
}

/** The events of one request. */
function eventsOf(answer: Answer): readonly Row[] {
  const id = answer.headers.get("x-request-id") ?? "";
  return deployment.sql<Row>("SELECT * FROM events WHERE request_id = ? ORDER BY seq", id);
}

function expectEvent(
  answer: Answer,
  action: string,
  by: { readonly account?: Account; readonly success?: boolean } = {},
): Row {
  const [event, ...more] = eventsOf(answer);
  if (event === undefined) throw new Error(`There is no event of ${answer.status}: ${answer.text}`);
  expect(more).toEqual([]);
  const { account, success = true } = by;
  expect(event).toMatchObject({
    action,
    actor_type: "user",
    user_id: account === undefined ? null : Number(account.id),
    success: success ? 1 : 0,
    user_agent: expect.stringContaining("Mozilla"),
  });
  expect(event.ip).toMatch(/^10\./);
  expect(Math.abs(event.at - Date.now())).toBeLessThan(60_000);
  expect(JSON.parse(event.details)).toBeObject();
  return event;
}

const AUTH = "/api/v1/auth";

test("signing up, in and out are signup, login and logout", async () => {
  const visitor = deployment.visitor();
  const body = { email: "ada@example.com", username: "ada", password: GOOD_PASSWORD };
  expectEvent(await visitor.post(`${AUTH}/signup`, body), "signup");
  const { token } = await deployment.nextLink(body.email);
  const verified = await visitor.post(`${AUTH}/verify-email`, { token });
  expect(eventsOf(verified).map(({ action }) => action)).toEqual(["signup", "login"]);
  const { id } = (verified.json as { user: { id: string } }).user;
  for (const event of eventsOf(verified)) {
    expect(event).toMatchObject({ user_id: Number(id), username: "ada", actor_id: Number(id) });
  }
  const account = { ...body, id, browser: visitor };
  const login = { identifier: "ada", password: GOOD_PASSWORD };
  const signedIn = await visitor.post(`${AUTH}/login`, login);
  expect(expectEvent(signedIn, "login", { account }).actor_id).toBe(Number(id));
  const left = await visitor.post(`${AUTH}/logout`);
  expect(expectEvent(left, "logout", { account }).actor_id).toBe(Number(id));
});

test("a refused sign-in is failed_login, with whom it was about where that is known", async () => {
  const account = await deployment.newAccount();
  const visitor = deployment.visitor();
  const tried = async (identifier: string, password: string) =>
    await visitor.post(`${AUTH}/token`, { identifier, password });
  const wrong = await tried(account.username, "not-the-password-1");
  expect(expectEvent(wrong, "failed_login", { account, success: false }).actor_id).toBeNull();
  expectEvent(await tried("nobody-there", "x"), "failed_login", { success: false });
});

test("the profile, the password and sessions", async () => {
  const account = await deployment.newAccount();
  const other = await deployment.signIn(account);
  const { browser } = account;
  const named = await browser.request("PATCH", `${AUTH}/me`, { body: { name: "Ada" } });
  expectEvent(named, "profile_update", { account });
  const { json } = await other.get(`${AUTH}/sessions`);
  const [{ id = "" } = {}] = (json as { items: { id: string; current: boolean }[] }).items;
  expectEvent(await browser.request("DELETE", `${AUTH}/sessions/${id}`), "session_revoke", {
    account,
  });
  expectEvent(await browser.request("DELETE", `${AUTH}/sessions`), "session_revoke", { account });
  const change = { current_password: "not-the-password-1", new_password: "quite-another-staple-3" };
  const wrong = await browser.post(`${AUTH}/password/change`, change);
  expectEvent(wrong, "password_change", { account, success: false });
  const right = { ...change, current_password: GOOD_PASSWORD };
  expectEvent(await browser.post(`${AUTH}/password/change`, right), "password_change", { account });
});

test("forgotten passwords and changed addresses", async () => {
  const account = await deployment.newAccount();
  const { browser, email } = account;
  const forgot = await deployment.visitor().post(`${AUTH}/password/forgot`, { email });
  expect(expectEvent(forgot, "password_reset", { account }).actor_id).toBeNull();
  const unknown = await deployment
    .visitor()
    .post(`${AUTH}/password/forgot`, { email: "no@example.com" });
  expectEvent(unknown, "password_reset", { success: false });
  const body = { email: "moved@example.com", current_password: GOOD_PASSWORD };
  expectEvent(await browser.post(`${AUTH}/email/change`, body), "profile_update", { account });
  const { token } = await deployment.nextLink(email);
  const reset = { token, new_password: "quite-another-staple-3" };
  const done = await deployment.visitor().post(`${AUTH}/password/reset`, reset);
  expectEvent(done, "password_reset", { account });
});

test("a stolen refresh token is token_reuse", async () => {
  const account = await deployment.newAccount();
  const { username: identifier, password } = account;
  const { json } = await deployment.visitor().post(`${AUTH}/token`, { identifier, password });
  const body = { refresh_token: (json as { refresh_token: string }).refresh_token };
  expect((await deployment.visitor().post(`${AUTH}/refresh`, body)).status).toBe(200);
  deployment.sql(
    "UPDATE refresh_tokens SET spent_at = spent_at - 10001 WHERE spent_at IS NOT NULL",
  );
  const stolen = await deployment.visitor().post(`${AUTH}/refresh`, body);
  expectProblem(stolen, "session_ended");
  expectEvent(stolen, "token_reuse", { account, success: false });
});

test("a limit is rate_limited: one row for many refusals", async () => {
  const visitor = deployment.visitor();
  const body = { identifier: "nobody", password: "x" };
  const answers = await Promise.all(
    Array.from({ length: 16 }, () => visitor.post(`${AUTH}/token`, body)),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(1);
  await eventually("it is noted", () => refused.flatMap(eventsOf).length > 0);
  const events = refused.flatMap(eventsOf);
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({ action: "rate_limited", ip: visitor.address, success: 0 });
});

test("a refresh, a look at oneself and a refusal of the CSRF guard are no events", async () => {
  const { browser } = await deployment.newAccount();
  const answers = [
    await browser.get(`${AUTH}/me`),
    await browser.post(`${AUTH}/refresh`),
    await browser.request("DELETE", `${AUTH}/sessions`, { csrf: false }),
  ];
  for (const answer of answers) expect(eventsOf(answer)).toEqual([]);
});
