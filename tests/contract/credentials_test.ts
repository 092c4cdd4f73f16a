import { afterAll, beforeAll, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { type Account, type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";

let deployment: Deployment;
let ada: Account;
let eve: Account;

beforeAll(async () => {
  deployment = await openDeployment();
  [ada, eve] = await Promise.all([
    deployment.newAccount({ username: "ada" }),
    deployment.newAccount({ username: "eve" }),
  ]);
});

afterAll(async () => {
  await deployment.close();
});

const ME = "/api/v1/auth/me";

/** A cookie of an account's browser. */
function cookieOf(account: Account, name: string): string {
  const value = account.browser.jar.find(name);
  if (value === undefined) throw new Error(`Cannot find the cookie ${name}`);
  return value;
}

/** Asks who one is, with these headers and nothing else. */
async function askMe(headers: Readonly<Record<string, string>>) {
  return await deployment.visitor().get(ME, { headers });
}

test("the session cookie holds 160 random bits or more, and only its SHA-256 is stored", () => {
  const secret = cookieOf(ada, "sessionid");
  expect(Buffer.from(secret, "base64url").length * 8).toBeGreaterThanOrEqual(160);
  const rows = deployment.sql<{ secret_hash: string }>("SELECT secret_hash FROM sessions");
  const digest = createHash("sha256").update(secret).digest();
  const spellings = [digest.toString("base64url"), digest.toString("hex")];
  expect(rows.some((row) => spellings.includes(row.secret_hash))).toBe(true);
  for (const { name } of deployment.sql<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table'",
  )) {
    const stored = JSON.stringify(deployment.sql(`SELECT * FROM "${name}"`));
    expect(stored).not.toContain(secret);
    expect(stored).not.toContain(cookieOf(ada, "refresh_token"));
  }
});

test("every sign-in makes a new session, with a new cookie (session fixation)", async () => {
  const visitor = deployment.visitor();
  const planted = cookieOf(eve, "sessionid");
  const ids = new Set<string>();
  for (let n = 0; n < 3; n += 1) {
    visitor.jar.keep(`sessionid=${planted}`);
    visitor.jar.keep("csrftoken=; Max-Age=0");
    const { username: identifier, password } = ada;
    const answer = await visitor.post("/api/v1/auth/login", { identifier, password });
    expect(answer.status).toBe(200);
    ids.add(visitor.jar.find("sessionid") ?? "");
  }
  expect(ids.size).toBe(3);
  expect(ids.has(planted)).toBe(false);
});

test("the four cookies are HttpOnly bar csrftoken, Lax, for / and not Secure over http", () => {
  const lives = { access_token: 900, refresh_token: 604_800, sessionid: 1_209_600 };
  for (const [name, life] of Object.entries(lives)) {
    const cookie = ada.browser.jar.cookies.get(name);
    const { "max-age": maxAge, ...rest } = cookie?.attributes ?? {};
    expect(rest).toEqual({ httponly: "", samesite: "Lax", path: "/" });
    expect(Math.abs(Number(maxAge) - life)).toBeLessThanOrEqual(2);
  }
  const { "max-age": _, ...csrf } = ada.browser.jar.cookies.get("csrftoken")?.attributes ?? {};
  expect(csrf).toEqual({ samesite: "Lax", path: "/" });
});

test("a Bearer token, an access_token cookie and a sessionid cookie each authenticate", async () => {
  const [access, session] = [cookieOf(ada, "access_token"), cookieOf(ada, "sessionid")];
  const ways = [
    { Authorization: `Bearer ${access}` },
    { Cookie: `access_token=${access}` },
    { Cookie: `sessionid=${session}` },
  ];
  for (const headers of ways)
    expect((await askMe(headers)).json).toMatchObject({ username: "ada" });
});

test("the scheme Bearer is read without regard to case, with one space after it", async () => {
  const token = cookieOf(ada, "access_token");
  for (const scheme of ["bearer", "BEARER", "bEaReR"]) {
    expect((await askMe({ Authorization: `${scheme} ${token}` })).status).toBe(200);
  }
  for (const header of [`Bearer  ${token}`, `Bearer${token}`, `Bearer\t${token}`, "Bearer"]) {
    expect((await askMe({ Authorization: header })).status).toBe(401);
  }
});

test("the first of Bearer, access_token and sessionid counts", async () => {
  const [adas, eves] = [cookieOf(ada, "access_token"), cookieOf(eve, "access_token")];
  const both = { Authorization: `Bearer ${adas}`, Cookie: `access_token=${eves}` };
  expect((await askMe(both)).json).toMatchObject({ username: "ada" });
  const cookies = { Cookie: `sessionid=${cookieOf(ada, "sessionid")}; access_token=${eves}` };
  expect((await askMe(cookies)).json).toMatchObject({ username: "eve" });
});

test("one that is present and bad is 401 and does not fall through to the next", async () => {
  const [access, session] = [cookieOf(ada, "access_token"), cookieOf(ada, "sessionid")];
  const good = `access_token=${access}; sessionid=${session}`;
  for (const bad of ["Bearer nonsense", "Bearer ", "Bearer a.b.c", `Bearer ${session}`]) {
    expectProblem(await askMe({ Authorization: bad, Cookie: good }), "invalid_token");
  }
  const badCookie = { Cookie: `access_token=nonsense; sessionid=${session}` };
  expectProblem(await askMe(badCookie), "invalid_token");
  const emptyCookie = { Cookie: `access_token=; sessionid=${session}` };
  expectProblem(await askMe(emptyCookie), "invalid_token");
  expectProblem(await askMe({ Cookie: "sessionid=nonsense" }), "invalid_token");
});

test("a scheme other than Bearer is no credential", async () => {
  expectProblem(await askMe({ Authorization: "Basic YWRhOng=" }), "unauthenticated");
});

test.each(["access_token", "refresh_token", "sessionid", "csrftoken"])(
  "a request that carries %s twice is 400 (cookie tossing)",
  async (name) => {
    const value = cookieOf(ada, name);
    for (const header of [
      `${name}=${value}; ${name}=${value}`,
      `${name}=x; a=b;${name}=${value}`,
    ]) {
      expectProblem(await askMe({ Cookie: header }), "malformed_request");
    }
  },
);

test("cookies of others, twice or odd, do no harm", async () => {
  const session = cookieOf(ada, "sessionid");
  const others = `theme=1; theme=2; x; =y; json={"a":1}; bad=%E0%A4%A; ${"z=1; ".repeat(50)}`;
  const answer = await askMe({ Cookie: `${others}sessionid=${session}` });
  expect(answer.status).toBe(200);
});

test("an ended session is 401 session_ended on the next request, by cookie and by token", async () => {
  const visitor = await deployment.signIn(ada);
  const [access, session] = ["access_token", "sessionid"].map((name) => visitor.jar.find(name));
  expect((await visitor.get(ME)).status).toBe(200);
  await visitor.post("/api/v1/auth/logout");
  expectProblem(await askMe({ Authorization: `Bearer ${access}` }), "session_ended");
  expectProblem(await askMe({ Cookie: `sessionid=${session}` }), "session_ended");
});
