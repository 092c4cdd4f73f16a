/**
 * A console's sign-in as the contract has it, from outside: page, code, tokens, calls, and their end.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import { consoleTokens } from "@postern/wire";
import {
  answerIn,
  asked,
  askToken,
  callProcedure,
  codeFields,
  decide,
  newAdmin,
  newCode,
  openConsole,
  openPage,
  proveFor,
  REDIRECT,
  refreshFields,
  sendForm,
  tokensIn,
} from "../support/console.ts";
import { makeConsoleKey } from "../support/console_key.ts";
import { type Deployment, GOOD_PASSWORD, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { findFreePort } from "../support/server_process.ts";

const METADATA = "/.well-known/oauth-authorization-server";
const SESSIONS = "/api/v1/auth/sessions";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

test("the metadata names what a client needs (RFC 8414), under PUBLIC_URL", async () => {
  const answer = await deployment.visitor().get(METADATA);
  const { publicUrl } = deployment.server;
  expect(answer.status).toBe(200);
  expect(answer.json).toMatchObject({
    issuer: publicUrl,
    authorization_endpoint: `${publicUrl}/oauth/authorize`,
    token_endpoint: `${publicUrl}/oauth/token`,
    revocation_endpoint: `${publicUrl}/oauth/revoke`,
    response_types_supported: ["code"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["none"],
    dpop_signing_alg_values_supported: ["EdDSA", "ES256"],
    authorization_response_iss_parameter_supported: true,
  });
});

test("whoever is not signed in is sent to sign in, and back with the same request", async () => {
  const { account } = await newAdmin(deployment);
  const browser = deployment.visitor();
  const sent = await openPage(browser);
  expect(sent.status).toBe(302);
  const location = new URL(sent.headers.get("location") ?? "", deployment.server.publicUrl);
  expect(location.pathname).toBe("/login");
  const next = location.searchParams.get("next") ?? "";
  const query = new URL(next, deployment.server.publicUrl).searchParams;
  expect(Object.fromEntries(query)).toEqual(asked());
  const { username: identifier, password } = account;
  expect((await browser.post("/api/v1/auth/login", { identifier, password })).status).toBe(200);
  expect((await browser.get(next)).status).toBe(200);
});

test("the page shows who is asked, for what, and where the console waits", async () => {
  const { account, browser } = await newAdmin(deployment, "support");
  const page = await openPage(browser);
  expect([page.status, page.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  for (const shown of [account.username, "support", "127.0.0.1:49152", "block and unblock"]) {
    expect(page.text).toContain(shown);
  }
});

test("allow gives a code, deny an error, each with state and issuer (RFC 9207)", async () => {
  const { browser } = await newAdmin(deployment);
  const allowed = await decide(browser);
  expect(allowed.json).toEqual({ redirect_to: expect.stringContaining(`${REDIRECT}?`) });
  const common = { state: "kept as it is", iss: deployment.server.publicUrl };
  const code = expect.stringMatching(/^[A-Za-z0-9_-]{43}$/);
  expect(Object.fromEntries(answerIn(allowed))).toEqual({ code, ...common });
  const denied = await decide(browser, {}, "deny");
  expect(Object.fromEntries(answerIn(denied))).toEqual({ error: "access_denied", ...common });
});

test("a code gives DPoP-bound tokens, never to be stored, that open the procedures", async () => {
  const { account, browser } = await newAdmin(deployment);
  const key = await makeConsoleKey();
  const code = await newCode(browser);
  const answer = await askToken(deployment, key, { fields: codeFields(code) });
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("pragma")).toBe("no-cache");
  const tokens = consoleTokens.parse(answer.json);
  expect(tokens).toMatchObject({ token_type: "DPoP", user: { username: account.username } });
  expect(tokens.expires_in).toBeWithin(880, 901);
  const left = tokens.session_expires_at - tokens.auth_time;
  expect(left).toBeWithin(43_200 - 5, 43_200 + 60);
  const call = { path: "overview.summary", isQuery: true };
  expect((await callProcedure(deployment, { key, tokens }, call)).status).toBe(200);
});

test("who let a console in, or turned one away, is in the log, and so is the sign-in that came of it", async () => {
  const { account, browser } = await newAdmin(deployment);
  await decide(browser, {}, "deny");
  await openConsole(deployment, browser);
  const rows = deployment.sql<{ action: string; actor_name: string; details: string }>(
    "SELECT action, actor_name, details FROM events WHERE username = ? ORDER BY seq DESC LIMIT 3",
    account.username,
  );
  const told = rows.map(({ action, actor_name }) => [action, actor_name]);
  const by = account.username;
  expect(told).toEqual([
    ["login", by],
    ["admin.console.allow", by],
    ["admin.console.deny", by],
  ]);
  expect(JSON.parse(rows[0]?.details ?? "{}")).toMatchObject({ kind: "console" });
});

test("a refresh gives the next pair, the same successor within ten seconds, and new keys none", async () => {
  const { browser } = await newAdmin(deployment);
  const { key, tokens } = await openConsole(deployment, browser);
  const fields = refreshFields(tokens.refresh_token, { client_id: null });
  const next = tokensIn(await askToken(deployment, key, { fields }));
  const again = tokensIn(await askToken(deployment, key, { fields }));
  expect(next.refresh_token).not.toBe(tokens.refresh_token);
  expect(again.refresh_token).toBe(next.refresh_token);
  expect(next.auth_time).toBe(tokens.auth_time);
  const call = { path: "overview.summary", isQuery: true };
  expect((await callProcedure(deployment, { key, tokens: next }, call)).status).toBe(200);
});

test("a console is a session of its own in every list, and outlives the browser's", async () => {
  const { account, browser } = await newAdmin(deployment);
  const key = await makeConsoleKey();
  const code = await newCode(browser);
  const headers = { "User-Agent": "postern-console/1.0 (Linux)" };
  const tokens = tokensIn(await askToken(deployment, key, { fields: codeFields(code), headers }));
  const list = async () => (await browser.get(SESSIONS)).json as { items: readonly object[] };
  expect((await list()).items).toContainEqual(
    expect.objectContaining({
      kind: "console",
      device: "Postern console on Linux",
      current: false,
    }),
  );
  const query = `user:${account.username}`;
  const sessions = { path: "sessions.list", input: { query }, isQuery: true };
  const listed = await callProcedure(deployment, { key, tokens }, sessions);
  expect(listed.status).toBe(200);
  const { items } = listed.data as { items: readonly { kind: string }[] };
  expect(items.map(({ kind }) => kind)).toContain("console");
  expect((await browser.post("/api/v1/auth/logout")).status).toBe(200);
  expect((await callProcedure(deployment, { key, tokens }, sessions)).status).toBe(200);
});

test("revoking ends the session by either token; any other token is answered alike (RFC 7009)", async () => {
  const { browser } = await newAdmin(deployment);
  const call = { path: "overview.summary", isQuery: true };
  for (const name of ["access_token", "refresh_token"] as const) {
    const opened = await openConsole(deployment, browser);
    const fields = { token: opened.tokens[name], client_id: "console" };
    const answer = await sendForm(deployment, "/oauth/revoke", { fields });
    expect([answer.status, answer.text]).toEqual([200, ""]);
    expect((await callProcedure(deployment, opened, call)).code).toBe("session_ended");
    const late = { fields: refreshFields(opened.tokens.refresh_token) };
    const refused = await askToken(deployment, opened.key, late);
    expect([refused.status, refused.json]).toMatchObject([400, { error: "invalid_grant" }]);
  }
  const fields = { token: "nonsense", token_type_hint: "refresh_token" };
  expect((await sendForm(deployment, "/oauth/revoke", { fields })).status).toBe(200);
});

test("revoking ends nothing but consoles: a browser's own tokens are not the console's", async () => {
  const { browser } = await newAdmin(deployment);
  for (const name of ["access_token", "refresh_token"]) {
    const fields = { token: browser.jar.find(name) ?? "" };
    expect((await sendForm(deployment, "/oauth/revoke", { fields })).status).toBe(200);
  }
  expect((await browser.get(SESSIONS)).status).toBe(200);
});

test("the token endpoint speaks RFC 6749: a form, its errors, and nothing stored", async () => {
  const key = await makeConsoleKey();
  const refusals: readonly (readonly [Parameters<typeof askToken>[2], number, string])[] = [
    [{ fields: {} }, 400, "invalid_request"],
    [{ fields: { grant_type: "password" } }, 400, "unsupported_grant_type"],
    [{ fields: codeFields("x", { client_id: "other" }) }, 401, "invalid_client"],
    [{ fields: codeFields("x", { client_id: null }) }, 400, "invalid_request"],
    [{ fields: codeFields("x", { code_verifier: null }) }, 400, "invalid_request"],
    [{ fields: codeFields("x", { redirect_uri: "" }) }, 400, "invalid_request"],
    [{ fields: codeFields("x") }, 400, "invalid_grant"],
    [{ fields: refreshFields("x") }, 400, "invalid_grant"],
    [{ fields: refreshFields("x"), headers: { DPoP: null } }, 400, "invalid_dpop_proof"],
    [{ fields: {}, headers: { "Content-Type": "application/json" } }, 415, "invalid_request"],
  ];
  for (const [request, status, error] of refusals) {
    const answer = await askToken(deployment, key, request);
    const description = expect.any(String);
    expect([answer.status, answer.json]).toEqual([
      status,
      { error, error_description: description },
    ]);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.headers.get("cache-control")).toBe("no-store");
  }
  const twice = "grant_type=refresh_token&refresh_token=a&refresh_token=b";
  const type = { "Content-Type": "application/x-www-form-urlencoded" };
  const sent = { body: twice, headers: type, csrf: false };
  const answer = await deployment.visitor().request("POST", "/oauth/token", sent);
  expect([answer.status, answer.json]).toMatchObject([400, { error: "invalid_request" }]);
  const wrong = await deployment.visitor().get("/oauth/token");
  expectProblem(wrong, "method_not_allowed");
  expect(wrong.headers.get("allow")).toContain("POST");
});

test("the token endpoint counts its callers, and says when to come back", async () => {
  const visitor = deployment.visitor();
  const sent = {
    body: "grant_type=x",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    csrf: false,
  };
  const answers = await Promise.all(
    Array.from({ length: 110 }, () => visitor.request("POST", "/oauth/token", sent)),
  );
  const limited = answers.find(({ status }) => status === 429);
  expect(limited?.json).toMatchObject({ error: "temporarily_unavailable" });
  expect(limited?.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
});

test("a user without a role, or with a short password, gets a page that says what to do", async () => {
  const { browser } = await deployment.newAccount();
  const noRole = await openPage(browser);
  expect([noRole.status, noRole.headers.get("content-type")]).toEqual([
    403,
    "text/html; charset=utf-8",
  ]);
  expect(noRole.text).toContain('"reason":"no_role"');
  expectProblem(await decide(browser), "forbidden");

  const short = await deployment.newAccount({ password: "fourteen chars" });
  deployment.sql("UPDATE users SET role = 'owner' WHERE username = ?", short.username);
  const ofShort = await deployment.signIn(short);
  const page = await openPage(ofShort);
  expect([page.status, page.text.includes('"reason":"short_password"')]).toEqual([403, true]);
  expectProblem(await decide(ofShort), "forbidden");
  const change = { current_password: short.password, new_password: GOOD_PASSWORD };
  expect((await ofShort.post("/api/v1/auth/password/change", change)).status).toBe(200);
  expect((await openPage(ofShort)).status).toBe(200);
  expect((await decide(ofShort)).status).toBe(200);
});

test("a password of which nobody knows how long it is counts as short until the next sign-in", async () => {
  const { account, browser } = await newAdmin(deployment);
  deployment.sql("UPDATE users SET password_is_long = NULL WHERE username = ?", account.username);
  expectProblem(await decide(browser), "forbidden");
  const again = await deployment.signIn(account);
  expect((await decide(again)).status).toBe(200);
});

test("how long a password is, is kept of administrators alone", async () => {
  const account = await deployment.newAccount();
  await deployment.signIn(account);
  const sql = "SELECT password_is_long AS kept FROM users WHERE username = ?";
  expect(deployment.sql(sql, account.username)).toEqual([{ kept: null }]);
});

test("what a console asks wrongly is told to it; a wrong client or redirect is shown, and sends nobody anywhere", async () => {
  const { browser } = await newAdmin(deployment);
  const told = await openPage(browser, asked({ response_type: "token" }));
  expect(told.status).toBe(302);
  const location = new URL(told.headers.get("location") ?? "");
  expect(`${location.origin}${location.pathname}`).toBe(REDIRECT);
  expect(Object.fromEntries(location.searchParams)).toEqual({
    error: "unsupported_response_type",
    state: "kept as it is",
    iss: deployment.server.publicUrl,
  });
  for (const changed of [{ client_id: "other" }, { redirect_uri: "https://evil.example/cb" }]) {
    const shown = await openPage(browser, asked(changed));
    expect([shown.status, shown.headers.get("location")]).toEqual([400, null]);
    expectProblem(await decide(browser, changed), "invalid_request");
  }
});

test("with ADMIN_LISTEN the token endpoint answers there too, and its own address counts for a proof", async () => {
  const { browser } = await newAdmin(deployment);
  const port = await findFreePort();
  await deployment.restart({ ADMIN_LISTEN: `127.0.0.1:${port}`, PORT: portOf(), ...publicUrlOf() });
  const own = `http://127.0.0.1:${port}`;
  const key = await makeConsoleKey();
  const ask = async (htu: string) => {
    const body = new URLSearchParams({ ...codeFields(await newCode(browser)) } as never);
    const DPoP = await proveFor(deployment, key, { htu });
    return await fetch(`${own}/oauth/token`, { method: "POST", body, headers: { DPoP } });
  };
  for (const origin of [own, deployment.server.publicUrl]) {
    expect((await ask(`${origin}/oauth/token`)).status).toBe(200);
  }
  expect((await ask("http://elsewhere.example/oauth/token")).status).toBe(400);
  expect((await fetch(`${own}${METADATA}`)).status).toBe(200);
  expect((await fetch(`${own}/oauth/authorize`)).status).toBe(404);
}, 180_000);

function portOf(): string {
  return new URL(deployment.server.url).port;
}

/** A server that is started anew keeps its name only where it is told. */
function publicUrlOf() {
  return { PUBLIC_URL: deployment.server.publicUrl };
}
