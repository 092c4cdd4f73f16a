/**
 * One test from outside for each measured pitfall of the stack: a server process, and what an attacker
 * would try on it. Rows whose attack has a file of its own are tested there.
 *
 * | pitfall | test |
 * | --- | --- |
 * | `Host` changes what is taken for the path | `bad_requests_test.ts`: a short, foreign or malformed Host is 421 or 400 |
 * | hooks do not guard what is declared outside them | here: every call that is described refuses a stranger |
 * | an error answers with its message, a 422 with what was sent, deep JSON with 500 | here: an error says nothing of itself; a refusal repeats nothing; JSON of any depth is 400 |
 * | an exception in a hook answers 200 with its text | here: nothing malformed is answered as if it were good |
 * | malformed JSON is another code than a wrong field | here: 400 for what is no JSON, 422 for a wrong field |
 * | JSON routes take forms | `csrf_attacks_test.ts`: a form of another site is refused by its content type |
 * | cookies as JSON, bad escapes, two of one name, joined headers | `cookie_attacks_test.ts`; `bad_requests_test.ts`: a header twice is not two chances |
 * | a cookie with the value that it has is not sent | `cookie_attacks_test.ts`: a cookie's value is sent again |
 * | a bad signature on a signed cookie is 400 | `cookie_attacks_test.ts`: a forged browser cookie is as good as none |
 * | CORS reflects any origin | `csrf_attacks_test.ts`: an Origin that only resembles an allowed one; a preflight tells nothing |
 * | WebSocket upgrades | with the chat |
 * | 128 MB are buffered, a stalled body is held | `bad_bodies_test.ts`: a body over 64 KiB; `slow_requests_test.ts` |
 * | IPv4 as `::ffff:`; IPv6 by /64 | `limit_evasion_test.ts` |
 * | dot segments, `%2F` in a parameter | `bad_requests_test.ts`: no other spelling leads past a guard; a session's id is a UUID |
 * | an empty hash takes no time, a malformed one throws, lone surrogates hash alike | here: an account without a usable hash; broken Unicode is no password |
 * | error pages with source outside production | here: an error says nothing of itself, whatever NODE_ENV says |
 * | parallel transactions fail | here: fifty writes at once all work |
 * | no `EventSource` in Bun | with the console |
 * | isolated linker, dependency-cruiser and TypeScript 7, two rules that contradict | `scripts/house` |
 * | Mantine under a strict CSP, 1.1 MB of script | `injection_test.ts`: every script of a page has the nonce; the size with the pages |
 * | Lucia's ids are the stored key | here: what is stored of a session is no cookie; `token_attacks_test.ts`: opens nothing |
 * | one secret per JWT instance | here: tokens of three keys verify, each by its own |
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { decodeProtectedHeader } from "jose";
import {
  type Account,
  type Deployment,
  freshName,
  GOOD_PASSWORD,
  openDeployment,
} from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { untilKeysLearnt } from "../support/keys_learnt.ts";
import { whenNotBusy } from "../support/when_not_busy.ts";
import { AUTH, askMe, codeOf, cookieOf, expectGuarded, newPair, type Pair } from "./_acts.ts";

let deployment: Deployment;
let account: Account;

beforeAll(async () => {
  deployment = await openDeployment();
  account = await deployment.newAccount();
});

afterAll(async () => {
  await deployment.close();
});

/** Calls that anybody may make; what else is described wants to know who asks. */
const PUBLIC = new Set([
  "GET /api/v1/auth/csrf",
  "GET /api/v1/auth/providers",
  "GET /api/v1/openapi.json",
  "GET /api/v1/docs",
  "GET /.well-known/jwks.json",
  "GET /.well-known/oauth-authorization-server",
  "GET /healthz",
  "GET /readyz",
  "GET /metrics",
  "POST /api/v1/auth/logout",
]);

/** Calls that judge what a stranger sends by itself: with nothing sent, there is nothing good in it. */
const JUDGED = new Set([
  "POST /api/v1/auth/signup",
  "POST /api/v1/auth/verify-email",
  "POST /api/v1/auth/login",
  "POST /api/v1/auth/token",
  "POST /api/v1/auth/refresh",
  "POST /api/v1/auth/password/check",
  "POST /api/v1/auth/password/forgot",
  "POST /api/v1/auth/password/reset",
  "POST /api/v1/auth/email/undo",
  "POST /api/v1/csp-report",
  "POST /api/v1/auth/accept-invitation",
  "POST /setup",
  "POST /accounts/{provider}/login/callback",
  "POST /oauth/authorize",
  "POST /oauth/token",
  "POST /oauth/revoke",
]);

/** Browsers are led through these; a provider that is none, or an answer that nobody asked for, leads to a failure. */
const LEADING: ReadonlyMap<string, number> = new Map([
  ["GET /accounts/{provider}/login", 404],
  ["GET /accounts/{provider}/login/callback", 302],
  ["GET /oauth/authorize", 400],
]);

test("every call that is described refuses a stranger, but for the few that are for strangers (missing guard)", async () => {
  const description = await deployment.visitor().get("/api/v1/openapi.json");
  const { paths } = description.json as { paths: Record<string, Record<string, unknown>> };
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => [method.toUpperCase(), path] as const),
  );
  expect(calls.length).toBeGreaterThan(20);
  for (const [method, path] of calls) {
    const name = `${method} ${path}`;
    const target = path.replace(/\{\w+\}/g, crypto.randomUUID());
    const answer = await deployment.visitor().request(method, target, { csrf: false });
    expectGuarded((header) => answer.headers.get(header));
    const leading = LEADING.get(name);
    if (leading !== undefined) expect(answer.status).toBe(leading);
    else if (PUBLIC.has(name)) expect(answer.status).toBeLessThan(300);
    else if (JUDGED.has(name)) expect([400, 401, 403, 415, 422]).toContain(answer.status);
    else expect({ name, code: codeOf(answer) }).toEqual({ name, code: "unauthenticated" });
  }
});

test("an error says nothing of itself, whatever NODE_ENV says (stack, SQL, source)", async () => {
  const broken = await openDeployment({ env: { NODE_ENV: "development" } });
  const someone = await broken.newAccount();
  // Anew, so that nobody is remembered; a start looks for an owner among the users itself.
  await broken.restart();
  broken.sql("ALTER TABLE users RENAME TO users_gone");
  const calls = [
    await broken.visitor().post(`${AUTH}/token`, { identifier: "x", password: "canary-in-body" }),
    await broken.visitor().get(`${AUTH}/me`, {
      headers: { Cookie: `sessionid=${cookieOf(someone.browser, "sessionid")}` },
    }),
    await broken.visitor().post(`${AUTH}/signup`, {
      email: "a@example.com",
      username: "abcd",
      password: GOOD_PASSWORD,
    }),
  ];
  for (const answer of calls) {
    expectProblem(answer, "internal");
    expectGuarded((name) => answer.headers.get(name));
    expect(answer.text).not.toMatch(/users|sql|error:|\.ts|node_modules|at |canary|<html/i);
    expect(Object.keys(answer.json as object)).toEqual([
      "type",
      "title",
      "status",
      "code",
      "detail",
    ]);
  }
  expect(broken.server.output()).not.toContain("canary-in-body");
  await broken.close();
});

test("a refusal repeats nothing of what was sent (reflected secrets)", async () => {
  const canary = "canary-that-is-not-repeated";
  const fields = ["identifier", "password", "email", "username", "name", "token", "new_password"];
  const body = Object.fromEntries(fields.map((field) => [field, { [canary]: [canary] }]));
  for (const path of ["token", "login", "signup", "verify-email", "password/reset", "refresh"]) {
    for (const sent of [body, `{"${canary}":"${canary}"`, { ...body, password: canary }, canary]) {
      const answer = await deployment.visitor().post(`${AUTH}/${path}?${canary}=${canary}`, sent, {
        headers: { Authorization: `Bearer ${canary}`, "X-Canary": canary },
      });
      const whole = `${answer.text}${JSON.stringify([...answer.headers])}`;
      expect(whole).not.toContain(canary);
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
  }
});

test("JSON of any depth is 400 or 413, and never 500 (stack overflow)", async () => {
  for (const depth of [33, 1_000, 30_000, 200_000]) {
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ] as const) {
      const body = `{"a":${open.repeat(depth)}1${close.repeat(depth)}}`;
      const answer = await deployment.visitor().post(`${AUTH}/token`, body);
      expect([400, 413]).toContain(answer.status);
    }
  }
});

test("nothing malformed is answered as if it were good (exception in a hook)", async () => {
  const odd: Record<string, string>[] = [
    { Cookie: "sessionid=%E0%A4%A" },
    { Cookie: "=; ;;=;sessionid" },
    { Authorization: "Bearer \u00ff\u00fe" },
    { Authorization: "Bearer" },
    { Origin: "://" },
    { "Content-Type": "\u00ff" },
    { "X-Forwarded-For": ",,,::::,%", "X-Forwarded-Proto": "\u00ff" },
    { "User-Agent": "\u00ff".repeat(3_000) },
    { Accept: "text/html;q=\u00ff" },
    { "Accept-Encoding": "\u00ff" },
    { "Content-Encoding": "gzip" },
  ];
  for (const headers of odd) {
    const me = await deployment.visitor().get(`${AUTH}/me`, { headers });
    expect(me.status).toBe(401);
    const body = { identifier: "x", password: "x" };
    const token = await deployment.visitor().post(`${AUTH}/token`, body, { headers });
    expect([400, 401, 403, 415]).toContain(token.status);
    expectGuarded((name) => token.headers.get(name));
  }
});

test("400 for what is no JSON, 422 for a wrong field: two refusals that are not one", async () => {
  expectProblem(await deployment.visitor().post(`${AUTH}/token`, "{"), "invalid_json");
  expectProblem(await deployment.visitor().post(`${AUTH}/token`, {}), "invalid_request");
});

test("an account without a usable hash takes no password, takes its time, and makes no error", async () => {
  const someone = await deployment.newAccount();
  const hashes = [
    null,
    "",
    "x",
    "$argon2id$",
    "$argon2id$v=19$m=99999999,t=9,p=1$AAAA$AAAA",
    "pbkdf2_sha256$",
    "bcrypt$$2b$99$x",
    "!unusable",
    "sha1$x$y",
  ];
  for (const hash of hashes) {
    deployment.sql("UPDATE users SET password_hash = ? WHERE id = ?", hash, Number(someone.id));
    for (const password of ["", hash ?? "null", someone.password]) {
      const started = performance.now();
      const answer = await deployment
        .visitor()
        .post(`${AUTH}/token`, { identifier: someone.email, password });
      expect(["invalid_credentials", "rate_limited"]).toContain(codeOf(answer) ?? "");
      if (answer.status === 401) expect(performance.now() - started).toBeGreaterThanOrEqual(95);
    }
  }
});

test("broken Unicode is no password: two texts that only differ in it do not hash alike", async () => {
  const someone = await deployment.newAccount();
  const change = `{"current_password":${JSON.stringify(someone.password)},"new_password":"correct-horse-\\ud800-9"}`;
  const answer = await someone.browser.post(`${AUTH}/password/change`, change);
  const { errors } = expectProblem(answer, "invalid_request");
  expect(errors).toMatchObject([{ path: "new_password", code: "password_malformed" }]);
  const good = { current_password: someone.password, new_password: "correct-horse-\ufffd-9" };
  expect((await someone.browser.post(`${AUTH}/password/change`, good)).status).toBe(200);
  const body = `{"identifier":"${someone.username}","password":"correct-horse-\\udbff-9"}`;
  expectProblem(await deployment.visitor().post(`${AUTH}/token`, body), "invalid_credentials");
});

test("fifty writes at once all work (database is locked)", async () => {
  const writes = Array.from({ length: 50 }, async (_, index) => {
    if (index % 2)
      return await account.browser.request("PATCH", `${AUTH}/me`, { body: { name: `N${index}` } });
    const body = {
      email: `${freshName()}@example.com`,
      username: freshName(),
      password: GOOD_PASSWORD,
    };
    const visitor = deployment.visitor();
    // A crowded machine hashes slowly, and the server may say that it is busy; nothing else may fail.
    return await whenNotBusy(() => visitor.post(`${AUTH}/signup`, body));
  });
  for (const answer of await Promise.all(writes)) expect([200, 202]).toContain(answer.status);
});

test("what is stored of a session is the hash of its cookie, and the cookie nowhere", async () => {
  const secret = cookieOf(account.browser, "sessionid");
  const [row] = deployment.sql("SELECT * FROM sessions WHERE user_id = ?", Number(account.id));
  expect(row?.["secret_hash"]).toBe(createHash("sha256").update(secret).digest("base64url"));
  expect(JSON.stringify(row)).not.toContain(secret);
});

test("tokens of three keys verify, each by its own and by no other (one secret for all)", async () => {
  const pairs: Pair[] = [await newPair(deployment, account)];
  for (let rotation = 0; rotation < 2; rotation += 1) {
    const since = Date.now();
    await deployment.admin("rotate", "signing");
    await untilKeysLearnt(deployment, since);
    pairs.push(await newPair(deployment, account));
  }
  const tokens = pairs.map(({ access_token }) => access_token);
  const kids = tokens.map((token) => decodeProtectedHeader(token).kid);
  expect(new Set(kids).size).toBe(3);
  for (const [index, token] of tokens.entries()) {
    expect((await askMe(deployment, token)).status).toBe(200);
    const header = { ...decodeProtectedHeader(token), kid: kids[(index + 1) % 3] };
    const [, claims, signature] = token.split(".");
    const swapped = `${Buffer.from(JSON.stringify(header)).toString("base64url")}.${claims}.${signature}`;
    expectProblem(await askMe(deployment, swapped), "invalid_token");
  }
});
