import { Database } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { type Deployment, GOOD_PASSWORD, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ env: { LOG_LEVEL: "debug" } });
});

afterAll(async () => {
  await deployment.close();
});

const AUTH = "/api/v1/auth";

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
}, 180_000);
