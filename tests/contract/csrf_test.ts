import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Account,
  type Deployment,
  GOOD_PASSWORD,
  openDeployment,
  type Visitor,
} from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";

let deployment: Deployment;
let ada: Account;

beforeAll(async () => {
  deployment = await openDeployment();
  ada = await deployment.newAccount({ username: "ada" });
});

afterAll(async () => {
  await deployment.close();
});

const CSRF = "/api/v1/auth/csrf";
const ME = "/api/v1/auth/me";
const LOGIN = "/api/v1/auth/login";

/** Changes something harmless, with these headers in the place of the right ones. */
async function act(visitor: Visitor, headers: Readonly<Record<string, string | null>> = {}) {
  return await visitor.request("PATCH", ME, { body: { name: "Ada" }, headers });
}

async function login(visitor: Visitor, headers: Readonly<Record<string, string | null>> = {}) {
  const body = { identifier: "nobody", password: "x" };
  return await visitor.post(LOGIN, body, { headers });
}

test("GET csrf is { csrfToken } and the cookie, readable by script", async () => {
  const visitor = deployment.visitor();
  const answer = await visitor.get(CSRF);
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({ csrfToken: visitor.jar.find("csrftoken") });
  expect(visitor.jar.cookies.get("csrftoken")?.attributes).not.toContainKey("httponly");
});

test("a cookie-bearing caller needs X-CSRFToken equal to the cookie", async () => {
  expect((await act(ada.browser)).status).toBe(200);
  const token = ada.browser.jar.find("csrftoken") ?? "";
  for (const wrong of [null, "", "x", `${token}x`, token.slice(0, -1), token.toUpperCase()]) {
    expectProblem(await act(ada.browser, { "X-CSRFToken": wrong }), "csrf_failed");
  }
});

test("every unsafe call asks a cookie-bearing caller for the pair, and does nothing without", async () => {
  const account = await deployment.newAccount();
  const other = await deployment.signIn(account);
  const calls: readonly (readonly [method: string, path: string])[] = [
    ["POST", "/api/v1/auth/signup"],
    ["POST", "/api/v1/auth/verify-email"],
    ["POST", LOGIN],
    ["POST", "/api/v1/auth/token"],
    ["POST", "/api/v1/auth/refresh"],
    ["PATCH", ME],
    ["POST", "/api/v1/auth/email/change"],
    ["POST", "/api/v1/auth/email/undo"],
    ["POST", "/api/v1/auth/password/change"],
    ["POST", "/api/v1/auth/password/forgot"],
    ["POST", "/api/v1/auth/password/reset"],
    ["DELETE", "/api/v1/auth/sessions"],
    ["DELETE", `/api/v1/auth/sessions/${crypto.randomUUID()}`],
  ];
  for (const [method, path] of calls) {
    const body = method === "DELETE" ? {} : { body: {} };
    const answer = await account.browser.request(method, path, { ...body, csrf: false });
    expectProblem(answer, "csrf_failed");
  }
  expect((await other.get(ME)).status).toBe(200);
});

test("an Origin that is sent must be allowed", async () => {
  const { publicUrl } = deployment.server;
  const allowed = [publicUrl, "http://localhost:3000", "http://127.0.0.1:3000", null];
  for (const origin of allowed)
    expect((await act(ada.browser, { Origin: origin })).status).toBe(200);
  const foreign = [
    "https://evil.example",
    "null",
    "",
    publicUrl.replace("http", "https"),
    `${publicUrl}.evil.example`,
    publicUrl.toUpperCase(),
    `${publicUrl}/`,
    "http://localhost:3001",
  ];
  for (const origin of foreign) {
    expectProblem(await act(ada.browser, { Origin: origin }), "csrf_failed");
  }
});

test("a Bearer caller needs neither", async () => {
  const token = ada.browser.jar.find("access_token");
  const answer = await deployment.visitor().request("PATCH", ME, {
    body: { name: "Ada" },
    csrf: false,
    headers: { Authorization: `Bearer ${token}`, Origin: "https://evil.example" },
  });
  expect(answer.status).toBe(200);
});

test("logout and csp-report are exempt", async () => {
  const visitor = await deployment.signIn(ada);
  const report = await visitor.post("/api/v1/csp-report", "[]", {
    csrf: false,
    headers: { "Content-Type": "application/reports+json", Origin: null },
  });
  expect(report.status).toBe(204);
  const left = await visitor.post("/api/v1/auth/logout", undefined, { csrf: false });
  expect(left.status).toBe(200);
});

test("without any cookie, login and signup still need the pair, and the others do not", async () => {
  const bare = { csrf: false, headers: { Origin: null } };
  const body = { identifier: "nobody", password: "x" };
  expectProblem(await deployment.visitor().post(LOGIN, body, bare), "csrf_failed");
  const signup = { email: "bare@example.com", username: "bare-1", password: GOOD_PASSWORD };
  expectProblem(
    await deployment.visitor().post("/api/v1/auth/signup", signup, bare),
    "csrf_failed",
  );
  const token = await deployment.visitor().post("/api/v1/auth/token", body, bare);
  expectProblem(token, "invalid_credentials");
  const forgot = { email: "nobody@example.com" };
  const asked = await deployment.visitor().post("/api/v1/auth/password/forgot", forgot, bare);
  expect(asked.status).toBe(202);
});

test("a header alone, without its cookie, is refused", async () => {
  const visitor = deployment.visitor();
  const { json } = await visitor.get(CSRF);
  const { csrfToken } = json as { csrfToken: string };
  const answer = await login(deployment.visitor(), { Cookie: "a=b", "X-CSRFToken": csrfToken });
  expectProblem(answer, "csrf_failed");
});

test("a pair of one's own making is refused (double submit by a sibling host)", async () => {
  for (const made of ["x", "cookies-0000000000000000.x", "a.b.c", "."]) {
    const headers = { Cookie: `csrftoken=${made}; browser=${"b".repeat(43)}`, "X-CSRFToken": made };
    expectProblem(await login(deployment.visitor(), headers), "csrf_failed");
  }
});

test("a pair that belongs to another browser or session is refused (planted pair)", async () => {
  const attacker = deployment.visitor();
  await attacker.get(CSRF);
  const planted = attacker.jar.find("csrftoken") ?? "";
  const session = ada.browser.jar.find("sessionid");
  const cookies = `sessionid=${session}; csrftoken=${planted}`;
  expectProblem(
    await act(deployment.visitor(), { Cookie: cookies, "X-CSRFToken": planted }),
    "csrf_failed",
  );
  const eve = await deployment.newAccount();
  const eves = eve.browser.jar.find("csrftoken") ?? "";
  const mixed = `sessionid=${session}; csrftoken=${eves}`;
  expectProblem(
    await act(deployment.visitor(), { Cookie: mixed, "X-CSRFToken": eves }),
    "csrf_failed",
  );
  const victim = deployment.visitor();
  await victim.get(CSRF);
  const browser = victim.jar.find("browser");
  const tossed = { Cookie: `browser=${browser}; csrftoken=${planted}`, "X-CSRFToken": planted };
  expectProblem(await login(victim, tossed), "csrf_failed");
});

test("signing in makes a new token, and the one before counts no longer", async () => {
  const visitor = deployment.visitor();
  await visitor.get(CSRF);
  const before = visitor.jar.find("csrftoken") ?? "";
  await visitor.post(LOGIN, { identifier: "ada", password: GOOD_PASSWORD });
  const after = visitor.jar.find("csrftoken") ?? "";
  expect(after).not.toBe(before);
  const cookies = `sessionid=${visitor.jar.find("sessionid")}; csrftoken=${before}`;
  const headers = {
    Cookie: `${cookies}; browser=${visitor.jar.find("browser")}`,
    "X-CSRFToken": before,
  };
  expectProblem(await act(visitor, headers), "csrf_failed");
});

/** A browser that has lost all but its refresh token, and knows no pair. */
async function withRefreshTokenAlone(): Promise<Visitor> {
  const visitor = await deployment.signIn(ada);
  for (const name of [...visitor.jar.cookies.keys()]) {
    if (name !== "refresh_token") visitor.jar.cookies.delete(name);
  }
  return visitor;
}

test("a browser with the refresh cookie alone gets a pair that refresh and login take", async () => {
  const visitor = await withRefreshTokenAlone();
  await visitor.get(CSRF);
  expectProblem(await login(visitor), "invalid_credentials");
  expect((await visitor.post("/api/v1/auth/refresh")).status).toBe(200);
});

test("beside a live refresh token a pair of another browser's making is refused (planted pair)", async () => {
  const [visitor, stranger] = [await withRefreshTokenAlone(), deployment.visitor()];
  await stranger.get(CSRF);
  for (const [name, cookie] of stranger.jar.cookies) visitor.jar.cookies.set(name, cookie);
  expectProblem(await visitor.post("/api/v1/auth/refresh"), "csrf_failed");
});

test("beside a refresh token of an ended session the pair is the browser's, and refresh is session_ended", async () => {
  const visitor = await withRefreshTokenAlone();
  await ada.browser.request("DELETE", "/api/v1/auth/sessions");
  await visitor.get(CSRF);
  expectProblem(await visitor.post("/api/v1/auth/refresh"), "session_ended");
});
