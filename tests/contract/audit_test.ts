import { Database } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import {
  type Account,
  type Deployment,
  GOOD_PASSWORD,
  openDeployment,
} from "../support/deployment.ts";
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
  const deadline = performance.now() + 2_000;
  while (refused.flatMap(eventsOf).length === 0 && performance.now() < deadline)
    await Bun.sleep(20);
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

test("without its row the thing did not happen (a failing audit log)", async () => {
  const account = await deployment.newAccount();
  const { browser } = account;
  deployment.sql(
    `CREATE TRIGGER deny BEFORE INSERT ON events WHEN NEW.action IN ('password_change', 'profile_update', 'login')
     BEGIN SELECT RAISE(ABORT, 'canary of the database'); END`,
  );
  const change = { current_password: GOOD_PASSWORD, new_password: "quite-another-staple-3" };
  const answers = [
    await browser.post(`${AUTH}/password/change`, change),
    await browser.request("PATCH", `${AUTH}/me`, { body: { name: "Nobody" } }),
    await deployment
      .visitor()
      .post(`${AUTH}/token`, { identifier: account.username, password: GOOD_PASSWORD }),
  ];
  deployment.sql("DROP TRIGGER deny");
  for (const answer of answers) {
    expectProblem(answer, "internal");
    expect(answer.text).not.toMatch(/canary|SQL|trigger|at /i);
  }
  expect((await browser.get(`${AUTH}/me`)).json).toMatchObject({ name: null });
  const sessions = "SELECT id FROM sessions WHERE user_id = ?";
  expect(deployment.sql(sessions, Number(account.id))).toHaveLength(1);
  expect((await (await deployment.signIn(account)).get(`${AUTH}/me`)).status).toBe(200);
});

test("rows are never changed, removed or put in between", () => {
  const attempts = [
    "UPDATE events SET action = 'logout' WHERE seq = 2",
    "DELETE FROM events WHERE seq = 2",
    "DELETE FROM events",
    "INSERT OR REPLACE INTO events SELECT * FROM events WHERE seq = 2",
    "INSERT INTO events SELECT 999999, at, action, actor_type, actor_id, actor_name, user_id, username, ip, user_agent, success, details, request_id, previous_hash, hash FROM events WHERE seq = 2",
  ];
  for (const sql of attempts) expect(() => deployment.sql(sql)).toThrow();
});

test("no row, no line of the log and no plain column holds a password, a token, a code or a key", async () => {
  const password = "canary-Password-4711-xyz";
  const account = await deployment.newAccount({ password, username: "canary-user" });
  const { browser } = account;
  const secrets = new Map<string, string>([["password", password]]);
  const keep = (name: string, value: string | undefined) =>
    secrets.set(`${name} ${secrets.size}`, value ?? "-");
  for (const name of ["access_token", "refresh_token", "sessionid", "csrftoken", "browser"]) {
    keep(name, browser.jar.find(name));
  }
  await browser.post(`${AUTH}/refresh`);
  for (const name of ["access_token", "refresh_token"]) keep(name, browser.jar.find(name));
  const wrong = "canary-Wrong-0815-abc";
  keep("wrong password", wrong);
  await deployment.visitor().post(`${AUTH}/token`, { identifier: "canary-user", password: wrong });
  await deployment.visitor().post(`${AUTH}/token`, { identifier: wrong, password: wrong });
  await deployment
    .visitor()
    .post(`${AUTH}/login?password=${wrong}`, { identifier: "x", password: wrong });
  await browser.get(`${AUTH}/me?token=${wrong}`, {
    headers: { "User-Agent": "x", Referer: wrong },
  });
  await deployment.visitor().post(`${AUTH}/password/forgot`, { email: account.email });
  const { token } = await deployment.nextLink(account.email);
  keep("reset link", token);
  const next = "canary-Next-1234-password";
  keep("new password", next);
  await deployment.visitor().post(`${AUTH}/password/reset`, { token, new_password: next });
  const file = Bun.file(join(deployment.folder, "data/postern.key"));
  keep("root key", (await file.text()).trim());
  await Bun.sleep(100);
  const database = new Database(join(deployment.folder, "data/postern.db"), { readonly: true });
  const tables = database
    .query<{ name: string }, []>("SELECT name FROM sqlite_master WHERE type = 'table'")
    .all()
    .map(({ name }) => JSON.stringify(database.query(`SELECT * FROM "${name}"`).all()));
  database.close();
  const everything = [deployment.server.output(), ...tables].join("\n");
  for (const [name, secret] of secrets) {
    expect({ name, isIn: everything.includes(secret) }).toEqual({ name, isIn: false });
  }
});

test("the chain of all that verifies, and one that was changed behind our back does not", async () => {
  const whole = await deployment.admin("audit", "verify", "--json");
  const checked = deployment.sql("SELECT seq FROM events").length;
  expect([whole.exitCode, whole.objects()]).toEqual([0, [{ ok: true, checked, first_bad: null }]]);
  deployment.sql("DROP TRIGGER events_no_update");
  deployment.sql("UPDATE events SET ip = '10.9.9.9' WHERE seq = 5");
  const broken = await deployment.admin("audit", "verify", "--json");
  expect(broken.exitCode).toBe(1);
  expect(broken.objects()).toEqual([{ ok: false, checked: 4, first_bad: "5" }]);
}, 20_000);
