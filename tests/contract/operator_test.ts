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
let ada: Account;

beforeAll(async () => {
  deployment = await openDeployment();
  ada = await deployment.newAccount({ username: "ada" });
});

afterAll(async () => {
  await deployment.close();
});

const ME = "/api/v1/auth/me";

/** Runs a command with `--json` and gives its objects. Fails unless it wrote nothing else. */
async function run(...args: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  const end = await deployment.admin(...args, "--json");
  expect([end.exitCode, end.stderr]).toEqual([0, ""]);
  return end.objects();
}

/** Runs one that is to fail, and gives what it says on standard error. */
async function runFailing(...args: readonly string[]): Promise<Record<string, unknown>> {
  const end = await deployment.admin(...args, "--json");
  expect([end.exitCode, end.stdout]).toEqual([1, ""]);
  return JSON.parse(end.stderr) as Record<string, unknown>;
}

/** Asks again and again, until the answer has a status. That it takes a second at most, races_sessions_test shows. */
async function askUntil(ask: () => Promise<Answer>, status: number): Promise<Answer> {
  let answer = await ask();
  await eventually(`the answer is ${status}`, async () => {
    if (answer.status !== status) answer = await ask();
    return answer.status === status;
  });
  return answer;
}

test("users list is one object a line, newest first", async () => {
  const newer = await deployment.newAccount();
  const users = await run("users", "list");
  expect(users.map(({ id }) => id)).toEqual([newer.id, ada.id]);
  expect(users[1]).toEqual({
    id: ada.id,
    username: "ada",
    email: "ada@example.com",
    email_verified: true,
    name: null,
    role: null,
    state: "active",
    blocked_until: null,
    block_reason: null,
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  });
  expect((await run("users", "list", "--limit", "1")).map(({ id }) => id)).toEqual([newer.id]);
  expect((await run("users", "list", "--query", "ada")).map(({ id }) => id)).toEqual([ada.id]);
}, 180_000);

test("audit verify is { ok, checked, first_bad }", async () => {
  const [report] = await run("audit", "verify");
  const [row] = deployment.sql<{ n: number }>("SELECT count(*) AS n FROM events");
  expect(report).toMatchObject({ ok: true, first_bad: null });
  expect(Number(report?.["checked"])).toBe(row?.n ?? -1);
});

test("doctor is { ok, checks: [{ name, ok, detail }] }", async () => {
  const [report] = await run("doctor");
  expect(report).toEqual({
    ok: true,
    checks: expect.arrayContaining([{ name: "database", ok: true, detail: expect.any(String) }]),
  });
});

test("users block ends the user's sessions on a running server", async () => {
  const account = await deployment.newAccount();
  const { browser, username } = account;
  expect((await browser.get(ME)).status).toBe(200);
  const token = { headers: { Authorization: `Bearer ${browser.jar.find("access_token")}` } };
  expect((await deployment.visitor().get(ME, token)).status).toBe(200);
  const [blocked] = await run("users", "block", username, "--reason", "spam");
  expect(blocked).toMatchObject({
    username,
    state: "blocked",
    block_reason: "spam",
    sessions_ended: 1,
  });
  expectProblem(await askUntil(() => browser.get(ME), 401), "session_ended");
  expectProblem(await deployment.visitor().get(ME, token), "session_ended");
  expectProblem(await browser.post("/api/v1/auth/refresh"), "session_ended");
  const body = { identifier: username, password: GOOD_PASSWORD };
  expectProblem(await deployment.visitor().post("/api/v1/auth/token", body), "blocked");
  const [unblocked] = await run("users", "unblock", username);
  expect(unblocked).toMatchObject({ username, state: "active", block_reason: null });
  expect((await deployment.visitor().post("/api/v1/auth/token", body)).status).toBe(200);
  expectProblem(await browser.get(ME), "session_ended");
}, 180_000);

test("users sign-out ends all sessions, and blocks nobody", async () => {
  const account = await deployment.newAccount();
  const other = await deployment.signIn(account);
  for (const browser of [account.browser, other]) expect((await browser.get(ME)).status).toBe(200);
  const [ended] = await run("users", "sign-out", account.email);
  expect(ended).toEqual({ id: account.id, username: account.username, sessions_ended: 2 });
  for (const browser of [account.browser, other]) await askUntil(() => browser.get(ME), 401);
  expect((await (await deployment.signIn(account)).get(ME)).status).toBe(200);
}, 180_000);

test.concurrent("users show names a user by username, email or id", async () => {
  const shown = await Promise.all(
    ["ada", "ADA@example.com", ada.id].map((name) => run("users", "show", name)),
  );
  for (const objects of shown) {
    expect(objects).toHaveLength(1);
    expect(objects[0]).toMatchObject({
      id: ada.id,
      username: "ada",
      sessions: [expect.any(Object)],
    });
  }
}, 180_000);

test.concurrent("users block --until ends by itself", async () => {
  const { username } = await deployment.newAccount();
  const before = Date.now();
  const [blocked] = await run("users", "block", username, "--until", "15s");
  const until = Date.parse(String(blocked?.["blocked_until"]));
  expect(until - before).toBeWithin(15_000, 75_000);
  const body = { identifier: username, password: GOOD_PASSWORD };
  expectProblem(await deployment.visitor().post("/api/v1/auth/token", body), "blocked");
  await Bun.sleep(Math.max(0, until - Date.now()) + 20);
  expect((await deployment.visitor().post("/api/v1/auth/token", body)).status).toBe(200);
}, 180_000);

test.concurrent("events are one a line, newest first, with the operator as actor of the operator's commands", async () => {
  const { username, id } = await deployment.newAccount();
  await run("users", "sign-out", username);
  const events = await run("events", "--user", username);
  expect(events.map(({ action }) => action)).toEqual(["admin.users.sign_out", "login", "signup"]);
  expect(events[0]).toEqual({
    id: expect.stringMatching(/^\d+$/),
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    action: "admin.users.sign_out",
    actor: { type: "operator", username: expect.any(String) },
    user: { id, username },
    ip: null,
    user_agent: null,
    success: true,
    details: { sessions_ended: 1 },
    request_id: expect.any(String),
  });
  const logins = await run("events", "--action", "login", "--limit", "1", "--since", "1h");
  expect(logins).toHaveLength(1);
  expect(await run("events", "--action", "login", "--until", "2000-01-01T00:00:00Z")).toEqual([]);
}, 180_000);

test.concurrent("a command that cannot do its work says { ok: false, code, detail } on standard error, and exits 1", async () => {
  const cases: readonly (readonly [code: string, ...args: string[]])[] = [
    ["not_found", "users", "show", "nobody-at-all"],
    ["not_found", "users", "block", "999999"],
    ["not_found", "rotate", "signing", "--compromise", "--key", "no-such-key"],
    ["usage", "users", "show"],
    ["usage", "rotate", "moon"],
    ["usage", "nonsense"],
    ["usage", "users", "list", "--limit", "0"],
    ["usage", "events", "--action", "nonsense"],
    ["usage", "users", "block", "ada", "--until", "whenever"],
    ["usage", "users", "block", "ada", "--nonsense"],
    ["invalid_request", "users", "block", "ada", "--until", "2000-01-01T00:00:00Z"],
  ];
  const told = await Promise.all(cases.map(([, ...args]) => runFailing(...args)));
  for (const [n, [code]] of cases.entries()) {
    expect(told[n]).toEqual({ ok: false, code, detail: expect.any(String) });
  }
  const list = await run("users", "show", "ada");
  expect(list[0]).toMatchObject({ state: "active" });
}, 180_000);

test.concurrent("a configuration that is wrong is told, and nothing is touched", async () => {
  const { runAdmin } = await import("../support/operator.ts");
  const end = await runAdmin({ folder: deployment.folder, env: { PORT: "x" } }, "doctor", "--json");
  expect([end.exitCode, end.stdout]).toEqual([1, ""]);
  expect(JSON.parse(end.stderr)).toMatchObject({
    ok: false,
    detail: expect.stringContaining("PORT"),
  });
});

test.concurrent("without --json the output is for people, and without a command it says which there are", async () => {
  const end = await deployment.admin("users", "list");
  expect(end.exitCode).toBe(0);
  expect(end.stdout).toContain("ada@example.com");
  expect(() => end.objects()).toThrow();
  const help = await deployment.admin("help");
  for (const name of ["users", "events", "rotate", "audit verify", "doctor"]) {
    expect(help.stdout).toContain(name);
  }
}, 180_000);
