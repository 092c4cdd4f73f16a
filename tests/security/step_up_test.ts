/**
 * Dangerous procedures and the sign-in that they want: a moment ago, and for nothing else where it was
 * asked for one operation.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Admin,
  asked,
  askToken,
  type Console,
  callProcedure,
  decide,
  newAdmin,
  openConsole,
  openPage,
  refreshFields,
  tokensIn,
} from "../support/console.ts";
import { hashOf } from "../support/console_key.ts";
import { type Account, type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";

const LATE_MS = 5 * 60_000 + 1_000;

let deployment: Deployment;
let owner: Admin;
let others: readonly [Account, Account];

beforeAll(async () => {
  deployment = await openDeployment();
  owner = await newAdmin(deployment);
  others = await Promise.all([deployment.newAccount(), deployment.newAccount()]);
});

afterAll(async () => {
  await deployment.close();
});

/** Makes the sign-in that a console came of older than it is. */
function age(console: "console" | "browser", ms: number): void {
  const column = console === "console" ? "signed_in_at" : "created_at";
  deployment.sql(`UPDATE sessions SET ${column} = ${column} - ? WHERE kind = ?`, ms, console);
}

/** What binds a sign-in to one call. Names are sorted already. */
function boundTo(path: string, input: object) {
  const operation_input = JSON.stringify(input);
  return { operation: `${path}:${hashOf(operation_input)}`, operation_input };
}

function setRole(console: Console, input: object) {
  return callProcedure(deployment, console, { path: "users.setRole", input });
}

test("a stale sign-in opens nothing dangerous, and a new one does", async () => {
  const stale = await openConsole(deployment, owner.browser);
  const input = { id: others[0].id, role: "auditor" };
  age("console", LATE_MS);
  expect(await setRole(stale, input)).toMatchObject({ status: 403, code: "step_up_required" });
  const rotate = { path: "secrets.rotate", input: { ring: "cookies" } };
  expect((await callProcedure(deployment, stale, rotate)).code).toBe("step_up_required");
  const end = { path: "sessions.endMatching", input: { query: "user:nobody" } };
  expect((await callProcedure(deployment, stale, end)).code).toBe("step_up_required");
  const look = { path: "users.list", isQuery: true };
  expect((await callProcedure(deployment, stale, look)).status).toBe(200);
  const fresh = await openConsole(deployment, owner.browser);
  expect((await setRole(fresh, input)).status).toBe(200);
});

test("another issuer for a provider wants a fresh sign-in, since it is sent the secret (stolen secret)", async () => {
  const fresh = await openConsole(deployment, owner.browser);
  const provider = { id: "acme", kind: "oidc", name: "Acme", issuer: "http://127.0.0.1:9" };
  const made = { ...provider, client_id: "client", client_secret: "secret" };
  const call = (console: Console, path: string, input: unknown) =>
    callProcedure(deployment, console, { path, input });
  expect((await call(fresh, "providers.create", made)).status).toBe(200);
  age("console", LATE_MS);
  const moved = { id: "acme", issuer: "http://127.0.0.1:10" };
  expect((await call(fresh, "providers.update", moved)).code).toBe("step_up_required");
  const same = { id: "acme", issuer: provider.issuer, name: "Acme again" };
  expect((await call(fresh, "providers.update", same)).status).toBe(200);
  const again = await openConsole(deployment, owner.browser);
  expect((await call(again, "providers.update", moved)).status).toBe(200);
});

test("a refresh does not make a sign-in younger (stale step-up)", async () => {
  const { key, tokens } = await openConsole(deployment, owner.browser);
  age("console", LATE_MS);
  const answer = await askToken(deployment, key, { fields: refreshFields(tokens.refresh_token) });
  const next = { key, tokens: tokensIn(answer) };
  const input = { id: others[0].id, role: null };
  expect((await setRole(next, input)).code).toBe("step_up_required");
});

test("a sign-in for one operation opens that one, and no other (step-up for another)", async () => {
  const input = { id: others[0].id, role: "support" };
  const bound = boundTo("users.setRole", input);
  const console = await openConsole(deployment, owner.browser, { asked: bound });
  for (const another of [
    { id: others[1].id, role: "support" },
    { id: others[0].id, role: "owner" },
    { ...input, more: 1 },
  ]) {
    expect((await setRole(console, another)).code).toBe("step_up_required");
  }
  for (const path of ["secrets.rotate", "sessions.endMatching", "users.setRoles"]) {
    const call = { path, input: path === "secrets.rotate" ? { ring: "cookies" } : input };
    expect((await callProcedure(deployment, console, call)).status).not.toBe(200);
  }
  expect((await setRole(console, { role: "support", id: others[0].id })).status).toBe(200);
  const look = { path: "users.list", isQuery: true };
  expect((await callProcedure(deployment, console, look)).status).toBe(200);
  age("console", LATE_MS);
  expect((await setRole(console, input)).code).toBe("step_up_required");
});

test("a sign-in for one operation stays so over a refresh", async () => {
  const bound = boundTo("users.setRole", { id: others[0].id, role: null });
  const { key, tokens } = await openConsole(deployment, owner.browser, { asked: bound });
  const answer = await askToken(deployment, key, { fields: refreshFields(tokens.refresh_token) });
  const next = { key, tokens: tokensIn(answer) };
  const refused = await setRole(next, { id: others[1].id, role: "owner" });
  expect(refused.code).toBe("step_up_required");
  expect((await setRole(next, { id: others[0].id, role: null })).status).toBe(200);
});

test("blocking an administrator, and ending sessions by a filter, want it as well", async () => {
  const { account } = await newAdmin(deployment, "auditor");
  const block = { path: "users.block", input: { id: account.id } };
  const bound = boundTo("users.setRole", { id: account.id, role: null });
  const console = await openConsole(deployment, owner.browser, { asked: bound });
  expect((await callProcedure(deployment, console, block)).code).toBe("step_up_required");
  const end = { path: "sessions.endMatching", input: { query: `user:${account.username}` } };
  expect((await callProcedure(deployment, console, end)).code).toBe("step_up_required");
  const own = boundTo("users.block", { id: account.id });
  const other = await openConsole(deployment, owner.browser, { asked: own });
  expect((await callProcedure(deployment, other, block)).status).toBe(200);
});

test("the page shows the operation in the server's words, and whom it is about", async () => {
  const input = { id: others[1].id, role: "security" };
  const page = await openPage(owner.browser, asked(boundTo("users.setRole", input)));
  expect(page.status).toBe(200);
  expect(page.text).toContain("Change what a user may do here");
  expect(page.text).toContain(`${others[1].username} (${others[1].email})`);
});

test("an input that is not the one that is bound is not shown (confirming something else)", async () => {
  const bound = boundTo("users.setRole", { id: others[1].id, role: "owner" });
  const shown = JSON.stringify({ id: others[1].id, role: "auditor" });
  const page = await openPage(owner.browser, asked({ ...bound, operation_input: shown }));
  const location = new URL(page.headers.get("location") ?? "");
  expect(location.searchParams.get("error")).toBe("invalid_request");
  const answer = await decide(owner.browser, { ...bound, operation_input: shown });
  expectProblem(answer, "invalid_request");
});

test("a browser whose sign-in is older than the console asks is sent to sign in, also past the page", async () => {
  const { account } = await newAdmin(deployment);
  const browser = await deployment.signIn(account);
  age("browser", LATE_MS);
  expect((await openPage(browser)).status).toBe(200);
  const bound = boundTo("users.setRole", { id: "1", role: null });
  for (const changed of [{ max_age: "300" }, bound, { prompt: "login" }]) {
    const page = await openPage(browser, asked(changed));
    expect([page.status, page.headers.get("location")]).toEqual([
      302,
      expect.stringMatching(/^\/login\?next=/),
    ]);
    expectProblem(await decide(browser, changed), "step_up_required");
  }
  const again = await deployment.signIn(account);
  for (const changed of [{ max_age: "300" }, bound, { prompt: "login" }]) {
    expect((await decide(again, changed)).status).toBe(200);
  }
});

test("prompt=login is met by a sign-in after it was asked for alone", async () => {
  const { account, browser } = await newAdmin(deployment);
  const sent = await openPage(browser, asked({ prompt: "login" }));
  const base = deployment.server.publicUrl;
  const next = new URL(sent.headers.get("location") ?? "", base).searchParams.get("next") ?? "";
  expect(new URL(next, base).searchParams.get("signed_in_after")).toMatch(/^\d{13}$/);
  expect((await browser.get(next)).status).toBe(302);
  const again = await deployment.signIn(account);
  expect((await again.get(next)).status).toBe(200);
});
