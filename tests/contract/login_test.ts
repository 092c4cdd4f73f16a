import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Account,
  type Deployment,
  freshName,
  GOOD_PASSWORD,
  openDeployment,
} from "../support/deployment.ts";
import { expectFieldProblems, expectProblem } from "../support/expect_problem.ts";

let deployment: Deployment;
let ada: Account;
let bob: Account;

beforeAll(async () => {
  deployment = await openDeployment();
  ada = await deployment.newAccount({ username: "ada", email: "Ada@Example.com" });
  bob = await deployment.newAccount({ username: "bob" });
});

afterAll(async () => {
  await deployment.close();
});

const LOGIN = "/api/v1/auth/login";
const TOKEN = "/api/v1/auth/token";
const COOKIES = ["access_token", "refresh_token", "sessionid", "csrftoken"];

async function login(fields: Readonly<Record<string, unknown>>) {
  return await deployment.visitor().post(LOGIN, { password: GOOD_PASSWORD, ...fields });
}

test.concurrent("POST login is 200 with the user and the four cookies", async () => {
  const visitor = deployment.visitor();
  const answer = await visitor.post(LOGIN, { identifier: "ada", password: GOOD_PASSWORD });
  expect(answer.status).toBe(200);
  expect(answer.json).toMatchObject({ user: { id: ada.id, username: "ada" } });
  expect(Object.keys(answer.json as object)).toEqual(["user"]);
  for (const name of COOKIES) expect(visitor.jar.find(name)).toBeString();
  expect((await visitor.get("/api/v1/auth/me")).json).toMatchObject({ username: "ada" });
});

test.concurrent("a username or an e-mail address will do, in any case of letters", async () => {
  for (const identifier of ["ADA", "ada@example.com", "ADA@EXAMPLE.COM", "  ada "]) {
    expect((await login({ identifier })).status).toBe(200);
  }
});

test.concurrent("email and username are accepted as names for identifier", async () => {
  expect((await login({ email: "ada@example.com" })).status).toBe(200);
  expect((await login({ username: "ada" })).status).toBe(200);
  expectFieldProblems(await login({}), ["identifier", "invalid_request"]);
  const nothing = ["password", "invalid_request"] as const;
  expectFieldProblems(await login({ password: null }), nothing, ["identifier", "invalid_request"]);
});

test.concurrent("a wrong password and an unknown account are 401 alike (enumeration)", async () => {
  const wrong = { password: "wrong-horse-battery" };
  const attempts = [
    { identifier: "ada", ...wrong },
    { identifier: "ada@example.com", ...wrong },
    { identifier: "nobody-at-all", ...wrong },
    { identifier: "nobody@example.com", ...wrong },
  ];
  const answers = await Promise.all(attempts.map(login));
  for (const answer of answers) {
    expectProblem(answer, "invalid_credentials");
    expect(answer.text).toBe(answers[0]?.text ?? "");
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(Object.keys(answer.headers.toJSON())).toEqual(
      Object.keys(answers[0]?.headers.toJSON() ?? {}),
    );
  }
});

test.concurrent("login, signup and forgot take at least 100 ms, whether or not the account exists", async () => {
  const calls = [
    () => login({ identifier: "ada" }),
    () => login({ identifier: "ada", password: "wrong-horse-battery" }),
    () => login({ identifier: freshName() }),
    () => deployment.visitor().post(TOKEN, { identifier: freshName(), password: "x" }),
    () => deployment.visitor().post("/api/v1/auth/password/forgot", { email: ada.email }),
    () => deployment.visitor().post("/api/v1/auth/password/forgot", { email: "no@example.com" }),
  ];
  for (const call of calls) {
    const begin = performance.now();
    await call();
    expect(performance.now() - begin).toBeGreaterThanOrEqual(100);
  }
});

test.concurrent("the right password of an unverified signup is 403 email_unverified and a new link", async () => {
  const visitor = deployment.visitor();
  const username = freshName();
  const email = `${username}@example.com`;
  await visitor.post("/api/v1/auth/signup", { email, username, password: GOOD_PASSWORD });
  await deployment.nextLink(email);
  expectProblem(await login({ identifier: email }), "email_unverified");
  const { token } = await deployment.nextLink(email);
  const wrong = await login({ identifier: email, password: "wrong-horse-battery" });
  expectProblem(wrong, "invalid_credentials");
  expect((await visitor.post("/api/v1/auth/verify-email", { token })).status).toBe(200);
});

test.concurrent("a blocked user is 403 blocked, and only after the right password", async () => {
  const account = await deployment.newAccount();
  const { username: identifier } = account;
  expect((await deployment.admin("users", "block", identifier)).exitCode).toBe(0);
  expectProblem(await login({ identifier }), "blocked");
  expectProblem(
    await deployment.visitor().post(TOKEN, { identifier, password: GOOD_PASSWORD }),
    "blocked",
  );
  const wrong = await login({ identifier, password: "wrong-horse-battery" });
  expectProblem(wrong, "invalid_credentials");
}, 180_000);

test.concurrent("a password is compared as given, in NFC, and never trimmed or cut", async () => {
  const password = `  Zo\u00e9 ${"\u{1f511}".repeat(80)} end  `;
  const account = await deployment.newAccount({ password });
  const { username: identifier } = account;
  const decomposed = password.normalize("NFD");
  expect(decomposed).not.toBe(password);
  expect((await login({ identifier, password })).status).toBe(200);
  expect((await login({ identifier, password: decomposed })).status).toBe(200);
  for (const wrong of [
    password.trim(),
    password.slice(0, 72),
    `${password}x`,
    password.toLowerCase(),
  ]) {
    expectProblem(await login({ identifier, password: wrong }), "invalid_credentials");
  }
});

test.concurrent("what is no possible name or password is 401, and not an error", async () => {
  const odd = [
    "",
    " ",
    "a".repeat(60_000),
    "\u0000",
    "\ud800",
    "'; DROP TABLE users; --",
    "%",
    "*",
  ];
  const { username } = await deployment.newAccount();
  for (const text of odd) {
    expectProblem(await login({ identifier: text }), "invalid_credentials");
    expectProblem(await login({ identifier: username, password: text }), "invalid_credentials");
  }
}, 180_000);

test.concurrent("POST token answers with a pair of tokens and the user, and sets no cookie", async () => {
  const bot = deployment.visitor();
  const bare = { csrf: false, headers: { Origin: null } };
  const answer = await bot.post(TOKEN, { identifier: "bob", password: GOOD_PASSWORD }, bare);
  expect(answer.json).toEqual({
    access_token: expect.any(String),
    refresh_token: expect.any(String),
    token_type: "Bearer",
    expires_in: 900,
    user: expect.objectContaining({ username: "bob" }),
  });
  expect(answer.headers.getSetCookie()).toEqual([]);
  const { access_token: token } = answer.json as { access_token: string };
  const me = await bot.get("/api/v1/auth/me", { headers: { Authorization: `Bearer ${token}` } });
  expect(me.json).toMatchObject({ username: "bob" });
});

test.concurrent("POST token has the same refusals as login", async () => {
  const bot = deployment.visitor();
  const wrong = { identifier: "bob", password: "wrong-horse-battery" };
  expectProblem(await bot.post(TOKEN, wrong), "invalid_credentials");
  expectFieldProblems(await bot.post(TOKEN, { password: "x" }), ["identifier", "invalid_request"]);
});

test.concurrent("POST logout ends this session and clears the cookies; 200 with or without one", async () => {
  const visitor = await deployment.signIn(bob);
  const { jar } = visitor;
  const access = jar.find("access_token");
  const left = await visitor.post("/api/v1/auth/logout");
  expect(left.status).toBe(200);
  for (const name of COOKIES) expect(jar.find(name)).toBeUndefined();
  const bearer = { headers: { Authorization: `Bearer ${access}` } };
  expectProblem(await deployment.visitor().get("/api/v1/auth/me", bearer), "session_ended");
  expect((await visitor.post("/api/v1/auth/logout")).status).toBe(200);
  expect((await deployment.visitor().post("/api/v1/auth/logout")).status).toBe(200);
});

test.concurrent("POST logout by Bearer, and with a refresh token alone, end their session", async () => {
  for (const kept of ["access_token", "refresh_token"]) {
    const visitor = await deployment.signIn(bob);
    const [access, value] = [visitor.jar.find("access_token"), visitor.jar.find(kept)];
    const headers: Record<string, string> =
      kept === "access_token"
        ? { Authorization: `Bearer ${value}` }
        : { Cookie: `refresh_token=${value}` };
    const left = await deployment.visitor().post("/api/v1/auth/logout", undefined, { headers });
    expect(left.status).toBe(200);
    const bearer = { headers: { Authorization: `Bearer ${access}` } };
    expectProblem(await deployment.visitor().get("/api/v1/auth/me", bearer), "session_ended");
  }
});

test.concurrent("POST logout with the refresh token of an ended session leaves no further event", async () => {
  const account = await deployment.newAccount();
  const visitor = await deployment.signIn(account);
  const headers = { Cookie: `refresh_token=${visitor.jar.find("refresh_token")}` };
  for (let round = 0; round < 3; round += 1) {
    const left = await deployment.visitor().post("/api/v1/auth/logout", undefined, { headers });
    expect(left.status).toBe(200);
  }
  const sql = "SELECT success FROM events WHERE action = 'logout' AND user_id = ?";
  expect(deployment.sql(sql, Number(account.id))).toEqual([{ success: 1 }]);
});

test.concurrent("POST logout with credentials that are bad is 200, and clears them", async () => {
  const headers = { Cookie: "sessionid=nonsense; access_token=nonsense; refresh_token=x" };
  const left = await deployment.visitor().post("/api/v1/auth/logout", undefined, { headers });
  expect(left.status).toBe(200);
  const cleared = left.headers.getSetCookie().map((line) => line.split("=")[0] ?? "");
  expect(cleared.toSorted()).toEqual([...COOKIES].toSorted());
});
