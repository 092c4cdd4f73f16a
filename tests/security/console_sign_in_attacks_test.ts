/**
 * Attacks on a console's sign-in from outside: on the page, its answer, the code, the tokens and their key.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Admin,
  answerIn,
  asked,
  askToken,
  type Console,
  callProcedure,
  codeFields,
  decide,
  type Fields,
  newAdmin,
  newCode,
  openConsole,
  openPage,
  proveFor,
  REDIRECT,
  refreshFields,
  tokensIn,
} from "../support/console.ts";
import { type ConsoleKey, hashOf, makeConsoleKey } from "../support/console_key.ts";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import type { Answer } from "../support/http_client.ts";
import { cookieOf, expectGuarded } from "./_acts.ts";

let deployment: Deployment;
let admin: Admin;
let key: ConsoleKey;
let thief: ConsoleKey;

beforeAll(async () => {
  deployment = await openDeployment({ env: { LOG_LEVEL: "debug" } });
  admin = await newAdmin(deployment);
  [key, thief] = await Promise.all([makeConsoleKey(), makeConsoleKey()]);
});

afterAll(async () => {
  await deployment.close();
});

const LOOK = { path: "overview.summary", isQuery: true };

/** How a console's token fares: 200, or the code of the refusal. */
async function fateOf(console: Console): Promise<string | number> {
  const { code, status } = await callProcedure(deployment, console, LOOK);
  return code ?? status;
}

function exchange(code: string, changed: Fields = {}, by = key): Promise<Answer> {
  return askToken(deployment, by, { fields: codeFields(code, changed) });
}

function errorIn({ status, json }: Answer): string {
  return `${status} ${(json as { error?: string } | undefined)?.error}`;
}

/** Where nobody must be sent: every place but a port of 127.0.0.1. */
const ELSEWHERE = [
  "http://localhost:49152/callback",
  "http://[::1]:49152/callback",
  "http://127.0.0.1:49152/other",
  "http://127.0.0.1:49152/callback/",
  "http://127.0.0.1:49152/callback?next=x",
  "http://127.0.0.1:49152/callback#x",
  "http://user@127.0.0.1:49152/callback",
  "http://127.0.0.1:49152@evil.example/callback",
  "https://127.0.0.1:49152/callback",
  "http://127.0.0.1/callback",
  "http://127.0.0.1:0/callback",
  "http://127.0.0.1.evil.example:49152/callback",
  "http://127.0.0.2:49152/callback",
  "http://0x7f000001:49152/callback",
  "javascript:alert(1)",
  "//evil.example/callback",
];

test("no other redirect is accepted, by the page or past it, and nobody is sent there (stolen code)", async () => {
  for (const redirect_uri of ELSEWHERE) {
    const page = await openPage(admin.browser, asked({ redirect_uri }));
    expect([redirect_uri, page.status]).toEqual([redirect_uri, 400]);
    expect(page.headers.get("location")).toBeNull();
    expect(page.text).not.toContain("evil.example");
    expectGuarded((name) => page.headers.get(name));
    expectProblem(await decide(admin.browser, { redirect_uri }), "invalid_request");
  }
});

test("a parameter that comes twice is refused: the first is not checked and the second used", async () => {
  for (const name of ["client_id", "redirect_uri"]) {
    const query = `${new URLSearchParams(asked())}&${name}=x`;
    expect((await admin.browser.get(`/oauth/authorize?${query}`)).status).toBe(400);
  }
  for (const name of ["state", "code_challenge", "code_challenge_method", "prompt", "operation"]) {
    const query = `${new URLSearchParams(asked({ prompt: "consent" }))}&${name}=x&${name}=y`;
    const page = await admin.browser.get(`/oauth/authorize?${query}`);
    expect([name, page.status]).toEqual([name, 302]);
    expect(page.headers.get("location")).toContain("error=invalid_request");
  }
});

test("without S256 there is no code: plain, none, or no challenge (PKCE downgrade)", async () => {
  for (const changed of [
    { code_challenge_method: "plain" },
    { code_challenge_method: null },
    { code_challenge: null },
    { code_challenge: "short" },
    { response_type: "token" },
    { state: null },
  ]) {
    const page = await openPage(admin.browser, asked(changed));
    expect([changed, page.status]).toEqual([changed, 302]);
    expect(page.headers.get("location")).toStartWith(`${REDIRECT}?error=`);
    expectProblem(await decide(admin.browser, changed), "invalid_request");
  }
});

test("a code without its verifier, with another, or with the challenge itself is worth nothing", async () => {
  const code = await newCode(admin.browser);
  const bad: readonly (readonly [Fields, string])[] = [
    [{ code_verifier: null }, "400 invalid_request"],
    [{ code_verifier: "b".repeat(43) }, "400 invalid_grant"],
    [{ code_verifier: hashOf("a".repeat(43)) }, "400 invalid_grant"],
    [{ code_verifier: "a".repeat(42) }, "400 invalid_grant"],
    [{ redirect_uri: null }, "400 invalid_request"],
    [{ redirect_uri: "http://127.0.0.1:49153/callback" }, "400 invalid_grant"],
    [{ client_id: "other" }, "401 invalid_client"],
  ];
  for (const [changed, error] of bad) {
    expect(errorIn(await exchange(code, changed))).toBe(error);
  }
  expect((await exchange(code)).status).toBe(200);
});

test("a code that comes again gives nothing, and ends the tokens of the first (code replay)", async () => {
  const code = await newCode(admin.browser);
  const first = { key, tokens: tokensIn(await exchange(code)) };
  expect(await fateOf(first)).toBe(200);
  expect(errorIn(await exchange(code, {}, thief))).toBe("400 invalid_grant");
  expect(await fateOf(first)).toBe("session_ended");
  const refreshed = await askToken(deployment, key, {
    fields: refreshFields(first.tokens.refresh_token),
  });
  expect(errorIn(refreshed)).toBe("400 invalid_grant");
});

test("of twenty at once with one code, one at most gets tokens, and they end (race)", async () => {
  const code = await newCode(admin.browser);
  const answers = await Promise.all(Array.from({ length: 20 }, () => exchange(code)));
  const good = answers.filter(({ status }) => status === 200);
  expect(good).toHaveLength(1);
  for (const answer of good) {
    expect(await fateOf({ key, tokens: tokensIn(answer) })).toBe("session_ended");
  }
});

test("a code runs out after 60 seconds", async () => {
  const code = await newCode(admin.browser);
  const row = hashOf(code);
  deployment.sql("UPDATE oauth_codes SET expires_at = created_at + 1 WHERE code_hash = ?", row);
  expect(errorIn(await exchange(code))).toBe("400 invalid_grant");
});

test("no tokens without a proof that was made now, for this call, by a key, once (RFC 9449)", async () => {
  const code = await newCode(admin.browser);
  const { publicUrl, url } = deployment.server;
  const now = Math.floor(Date.now() / 1_000);
  const attempts: readonly (readonly [what: string, proof: string | null])[] = [
    ["no proof", null],
    ["no JWT", "nonsense"],
    ["another method", await proveFor(deployment, key, { htm: "GET" })],
    ["another endpoint", await proveFor(deployment, key, { htu: `${publicUrl}/oauth/revoke` })],
    ["another host", await proveFor(deployment, key, { htu: "https://evil.example/oauth/token" })],
    ["where it listens", await proveFor(deployment, key, { htu: `${url}/oauth/token` })],
    ["too old", await proveFor(deployment, key, { iat: now - 65 })],
    ["too new", await proveFor(deployment, key, { iat: now + 65 })],
    ["a short id", await proveFor(deployment, key, { jti: "1" })],
  ];
  for (const [what, DPoP] of attempts) {
    const answer = await askToken(deployment, key, { fields: codeFields(code), headers: { DPoP } });
    expect([what, errorIn(answer)]).toEqual([what, "400 invalid_dpop_proof"]);
  }
  const DPoP = await proveFor(deployment, key);
  const headers = { DPoP };
  const first = await askToken(deployment, key, { fields: codeFields(code), headers });
  expect(first.status).toBe(200);
  const { refresh_token } = tokensIn(first);
  const again = await askToken(deployment, key, { fields: refreshFields(refresh_token), headers });
  expect(errorIn(again)).toBe("400 invalid_dpop_proof");
});

test("a stolen refresh token is worthless without its key, here and at the user's own endpoint", async () => {
  const own = await openConsole(deployment, admin.browser);
  const { refresh_token } = own.tokens;
  const fields = refreshFields(refresh_token);
  expect(errorIn(await askToken(deployment, thief, { fields }))).toBe("400 invalid_grant");
  const [event] = deployment.sql<{ details: string }>(
    "SELECT details FROM events WHERE action = 'token_reuse' ORDER BY seq DESC LIMIT 1",
  );
  expect(JSON.parse(event?.details ?? "{}")).toMatchObject({ kind: "other_key", ended: false });
  const bare = await askToken(deployment, thief, { fields, headers: { DPoP: null } });
  expect(errorIn(bare)).toBe("400 invalid_dpop_proof");
  const elsewhere = await deployment.visitor().post("/api/v1/auth/refresh", { refresh_token });
  expectProblem(elsewhere, "invalid_token");
  expect(await fateOf(own)).toBe(200);
  expect((await askToken(deployment, own.key, { fields })).status).toBe(200);
});

test("a browser's refresh token gives no console, whatever key is shown (token confusion)", async () => {
  const fields = refreshFields(cookieOf(admin.browser, "refresh_token"));
  expect(errorIn(await askToken(deployment, key, { fields }))).toBe("400 invalid_grant");
  const access = refreshFields(cookieOf(admin.browser, "access_token"));
  expect(errorIn(await askToken(deployment, key, { fields: access }))).toBe("400 invalid_grant");
});

test("a refresh token used again after ten seconds ends the console, and its user is told (theft)", async () => {
  const { account, browser } = await newAdmin(deployment);
  const own = await openConsole(deployment, browser);
  const fields = refreshFields(own.tokens.refresh_token);
  const next = { key: own.key, tokens: tokensIn(await askToken(deployment, own.key, { fields })) };
  expect(await fateOf(next)).toBe(200);
  deployment.sql(
    "UPDATE refresh_tokens SET spent_at = spent_at - 11000 WHERE spent_at IS NOT NULL",
  );
  expect(errorIn(await askToken(deployment, own.key, { fields }))).toBe("400 invalid_grant");
  expect(await fateOf(next)).toBe("session_ended");
  const mail = await deployment.smtp.next(account.email);
  expect(mail.text).not.toContain(own.tokens.refresh_token);
});

test("cookies and tokens of a browser open no procedure, and a console's token opens no account", async () => {
  const names = ["sessionid", "access_token"];
  const Cookie = names.map((name) => `${name}=${cookieOf(admin.browser, name)}`).join("; ");
  const path = "/admin/trpc/overview.summary";
  const byCookie = await deployment.visitor().get(path, { headers: { Cookie } });
  expect(byCookie.status).toBe(401);
  const { tokens } = await openConsole(deployment, admin.browser);
  const bearer = { Authorization: `Bearer ${tokens.access_token}` };
  const me = await deployment.visitor().get("/api/v1/auth/me", { headers: bearer });
  expectProblem(me, "invalid_token");
});

test("only a page of this very origin may answer: no other site, no allowed origin, no token (CSRF)", async () => {
  const body = { ...asked(), decision: "allow" };
  const post = (headers: Record<string, string>, csrf = true) =>
    admin.browser.request("POST", "/oauth/authorize", { body, headers, csrf });
  for (const headers of [
    { Origin: "https://evil.example" },
    { Origin: "null" },
    { Origin: "http://localhost:3000" },
    { "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site" },
    { "X-CSRFToken": "planted" },
  ]) {
    expectProblem(await post(headers), "csrf_failed");
  }
  expectProblem(await post({}, false), "csrf_failed");
  const form = { "Content-Type": "application/x-www-form-urlencoded" };
  const asForm = { body: `${new URLSearchParams(body)}`, headers: form };
  expectProblem(
    await admin.browser.request("POST", "/oauth/authorize", asForm),
    "unsupported_media_type",
  );
  const bearer = { Authorization: `Bearer ${cookieOf(admin.browser, "access_token")}` };
  const noCookies = await deployment.visitor().post("/oauth/authorize", body, { headers: bearer });
  expectProblem(noCookies, "unauthenticated");
  const other = deployment.visitor();
  await other.get("/api/v1/auth/csrf");
  const planted = { "X-CSRFToken": cookieOf(other, "csrftoken") };
  expectProblem(await post(planted), "csrf_failed");
  expect((await post({ "Sec-Fetch-Site": "same-origin" })).status).toBe(200);
});

test("a preflight from another site is told nothing, and the page is in nobody's frame", async () => {
  const headers = {
    Origin: "https://evil.example",
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "content-type,x-csrftoken",
  };
  const preflight = await deployment.visitor().request("OPTIONS", "/oauth/authorize", { headers });
  expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
  const page = await openPage(admin.browser);
  expectGuarded((name) => page.headers.get(name));
});

test("what is sent to the page is not written into it (injection)", async () => {
  const state = "</script><script>alert(1)</script>";
  const page = await openPage(admin.browser, asked({ state }));
  expect(page.status).toBe(200);
  expect(page.text).not.toContain("alert(1)");
  const path = `users.setRole:${hashOf('{"id":"<img src=x>"}')}`;
  const shown = { operation: path, operation_input: '{"id":"<img src=x>"}' };
  const bound = await openPage(admin.browser, asked(shown));
  expect([bound.status, bound.text.includes("<img")]).toEqual([200, false]);
  expect(answerIn(await decide(admin.browser, { state })).get("state")).toBe(state);
});

test("an answer for somebody else than the page showed is refused (session swapped under the page)", async () => {
  const { account } = await newAdmin(deployment);
  expectProblem(await decide(admin.browser, { user_id: account.id }), "conflict");
  expect((await decide(admin.browser, { user_id: admin.account.id })).status).toBe(200);
});

test("whose role was lost while the page was open lets nobody in, and is told why", async () => {
  const { account, browser } = await newAdmin(deployment);
  expect((await openPage(browser)).status).toBe(200);
  deployment.sql("UPDATE users SET role = NULL WHERE username = ?", account.username);
  expectProblem(await decide(browser), "forbidden");
  const event = deployment.sql(
    "SELECT success FROM events WHERE action = 'admin.console.allow' ORDER BY seq DESC LIMIT 1",
  );
  expect(event).toEqual([{ success: 0 }]);
});
