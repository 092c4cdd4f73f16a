import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";

let deployment: Deployment;
/** What the first start printed. */
let firstToken: string;

beforeAll(async () => {
  deployment = await openDeployment();
  firstToken = await printedToken(deployment);
});

afterAll(async () => {
  await deployment.close();
});

const GOOD = "eleven brass gears turning";

let made = 0;

function person() {
  made += 1;
  const username = `owner${made}`;
  return { email: `${username}@example.com`, username, password: GOOD };
}

/** Printed before the line that says the server listens, but by another stream. */
async function printedToken({ server }: Deployment): Promise<string> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const token = /\/setup#token=([A-Za-z0-9_-]+)/.exec(server.output())?.[1];
    if (token !== undefined) return token;
    await Bun.sleep(20);
  }
  throw new Error(`No link was printed:\n${server.output()}`);
}

async function newToken(): Promise<string> {
  const end = await deployment.admin("create-owner", "--json");
  expect([end.exitCode, end.stderr]).toEqual([0, ""]);
  const [link] = end.objects();
  return String(link?.["setup_url"]).split("#token=")[1] ?? "";
}

function setUp(body: object, request = {}) {
  return deployment.visitor().post("/setup", body, request);
}

function countUsers(): number {
  return deployment.sql<{ n: number }>("SELECT count(*) AS n FROM users")[0]?.n ?? -1;
}

test("a first start prints a link that makes an owner, who is signed in for an administrator's time", async () => {
  const browser = deployment.visitor();
  const who = person();
  const answer = await browser.post("/setup", { token: firstToken, ...who, name: "Ada" });
  expect([answer.status, answer.json]).toEqual([
    201,
    { user: expect.objectContaining({ username: who.username, role: "owner", name: "Ada" }) },
  ]);
  const me = await browser.get("/api/v1/auth/me");
  expect(me.json).toMatchObject({ role: "owner", email_verified: true });
  const [session] = deployment.sql("SELECT kind, method, idle_ms, absolute_ms FROM sessions");
  const hour = 3_600_000;
  const lives = { idle_ms: hour, absolute_ms: 12 * hour };
  expect(session).toEqual({ kind: "browser", method: "setup_link", ...lives });
  expectProblem(await setUp({ token: firstToken, ...person() }), "invalid_token");
});

test("the printed link is in no line of the log, and its token in no row", async () => {
  for (const line of deployment.server.logs()) {
    expect(JSON.stringify(line)).not.toContain(firstToken);
  }
  const events = deployment.sql("SELECT * FROM events");
  expect(JSON.stringify(events)).not.toContain(firstToken);
  expect(JSON.stringify(deployment.sql("SELECT * FROM setup_links"))).not.toContain(firstToken);
});

test("create-owner prints { setup_url, expires_at }: an hour, once, and an event of the operator's", async () => {
  const before = Date.now();
  const end = await deployment.admin("create-owner", "--json");
  const [link] = end.objects();
  expect(Object.keys(link ?? {}).toSorted()).toEqual(["expires_at", "setup_url"]);
  expect(String(link?.["setup_url"])).toMatch(/\/setup#token=[A-Za-z0-9_-]{43}$/);
  const life = Date.parse(String(link?.["expires_at"])) - before;
  expect(life).toBeWithin(3_600_000, 3_600_000 + 60_000);
  const [event] = deployment.sql(
    "SELECT actor_type, success FROM events WHERE action = 'admin.users.create_owner' ORDER BY seq DESC",
  );
  expect(event).toEqual({ actor_type: "operator", success: 1 });
});

test("a link that has run out, or never was, makes nobody", async () => {
  const token = await newToken();
  deployment.sql("UPDATE setup_links SET expires_at = 1 RETURNING 1");
  const before = countUsers();
  for (const each of [token, "nonsense", ""]) {
    expectProblem(await setUp({ token: each, ...person() }), "invalid_token");
  }
  expect(countUsers()).toBe(before);
});

test("of twenty at once that spend one link, one becomes an owner (race)", async () => {
  const token = await newToken();
  const before = countUsers();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => setUp({ token, ...person() })),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(countUsers()).toBe(before + 1);
});

test("a link that is used voids all that were made before (an owner out of an old log)", async () => {
  const [old, used] = [await newToken(), await newToken()];
  expect((await setUp({ token: used, ...person() })).status).toBe(201);
  expectProblem(await setUp({ token: old, ...person() }), "invalid_token");
});

test("a mistake is told, all of them at once, and does not spend the link", async () => {
  const token = await newToken();
  const short = await setUp({ token, email: "x", username: "-", password: "fourteen chars" });
  const problem = expectProblem(short, "invalid_request");
  const codes = (problem.errors ?? []).map(({ path, code }) => `${path} ${code}`);
  const all = ["email email_invalid", "password password_too_short", "username username_invalid"];
  expect(codes.toSorted()).toEqual(all);
  const who = person();
  const taken = await deployment.newAccount();
  const names = { username: taken.username, email: taken.email };
  const refused = expectProblem(await setUp({ token, ...who, ...names }), "invalid_request");
  const paths = (refused.errors ?? []).map(({ path }) => path);
  expect(paths.toSorted()).toEqual(["email", "username"]);
  expect((await setUp({ token, ...who })).status).toBe(201);
});

test("without the CSRF pair, or from another origin, nobody is made (cross-site request forgery)", async () => {
  const token = await newToken();
  const body = { token, ...person() };
  expectProblem(await setUp(body, { csrf: false }), "csrf_failed");
  const elsewhere = { headers: { Origin: "https://evil.example" } };
  expectProblem(await setUp(body, elsewhere), "csrf_failed");
  expect((await setUp(body)).status).toBe(201);
});

test("a role that is sent along is not what is made (mass assignment)", async () => {
  const token = await newToken();
  const answer = await setUp({
    token,
    ...person(),
    role: "auditor",
    id: "1",
    email_verified: false,
  });
  expect(answer.json).toMatchObject({ user: { role: "owner", email_verified: true } });
});

test("a server that has an owner prints no link, even where that owner is blocked", async () => {
  deployment.sql("UPDATE users SET blocked_at = 1 WHERE role = 'owner' RETURNING 1");
  await deployment.restart();
  expect((await deployment.visitor().get("/healthz")).status).toBe(200);
  await deployment.server.stop();
  expect(deployment.server.output()).not.toContain("/setup#");
  await deployment.restart();
}, 180_000);
