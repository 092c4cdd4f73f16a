/**
 * What ends a console, from outside: every ending, and that nothing of it outlives one.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Admin,
  askToken,
  type Console,
  callProcedure,
  codeFields,
  type Fields,
  newAdmin,
  newCode,
  openConsole,
  proveFor,
  refreshFields,
  tokensIn,
} from "../support/console.ts";
import { type ConsoleKey, makeConsoleKey } from "../support/console_key.ts";
import { type Deployment, openDeployment, type Visitor } from "../support/deployment.ts";
import type { Answer } from "../support/http_client.ts";

let deployment: Deployment;
let admin: Admin;
let key: ConsoleKey;

beforeAll(async () => {
  deployment = await openDeployment({ env: { LOG_LEVEL: "debug" } });
  admin = await newAdmin(deployment);
  key = await makeConsoleKey();
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

function exchange(code: string, changed: Fields = {}): Promise<Answer> {
  return askToken(deployment, key, { fields: codeFields(code, changed) });
}

function errorIn({ status, json }: Answer): string {
  return `${status} ${(json as { error?: string } | undefined)?.error}`;
}

/** What ends what an administrator may do. */
const ENDINGS: readonly (readonly [what: string, end: (of: Admin) => Promise<unknown>])[] = [
  [
    "a lost role",
    async ({ account }) => {
      const console = await openConsole(deployment, admin.browser);
      const input = { id: account.id, role: null };
      return await callProcedure(deployment, console, { path: "users.setRole", input });
    },
  ],
  ["a block", ({ account }) => deployment.admin("users", "block", account.username)],
  ["signOut", ({ account }) => deployment.admin("users", "sign-out", account.username)],
];

for (const [what, end] of ENDINGS) {
  test(`a console ends with ${what}, and so does a code that is under way`, async () => {
    const of = await newAdmin(deployment, "security");
    const own = await openConsole(deployment, of.browser);
    const code = await newCode(of.browser);
    expect(await fateOf(own)).toBe(200);
    await end(of);
    expect(await fateOf(own)).toBe("session_ended");
    const fields = refreshFields(own.tokens.refresh_token);
    expect(errorIn(await askToken(deployment, own.key, { fields }))).toBe("400 invalid_grant");
    expect(errorIn(await exchange(code))).toBe("400 invalid_grant");
  });
}

test("a code does not outlive the session that allowed it", async () => {
  const { browser } = await newAdmin(deployment);
  const code = await newCode(browser);
  expect((await browser.post("/api/v1/auth/logout")).status).toBe(200);
  expect(errorIn(await exchange(code))).toBe("400 invalid_grant");
});

test("a code that waits does not outlive a change of password, or the end of all other sessions", async () => {
  const acts = [
    (browser: Visitor, password: string) =>
      browser.post("/api/v1/auth/password/change", {
        current_password: password,
        new_password: `${password} again`,
      }),
    (browser: Visitor) => browser.request("DELETE", "/api/v1/auth/sessions"),
  ];
  for (const act of acts) {
    const { browser, account } = await newAdmin(deployment);
    const code = await newCode(browser);
    expect((await act(browser, account.password)).status).toBeLessThan(300);
    expect((await exchange(code)).json).toMatchObject({ error: "invalid_grant" });
  }
});

test("a console rests an hour at most, and lives twelve, however it is refreshed", async () => {
  const { browser } = await newAdmin(deployment);
  for (const [column, ms] of [
    ["seen_at", 3_600_000],
    ["created_at", 12 * 3_600_000],
  ] as const) {
    const own = await openConsole(deployment, browser);
    const sql = `UPDATE sessions SET ${column} = ${column} - ? WHERE key_thumbprint = ?`;
    deployment.sql(sql, ms, own.key.thumbprint);
    const fields = refreshFields(own.tokens.refresh_token);
    expect(errorIn(await askToken(deployment, own.key, { fields }))).toBe("400 invalid_grant");
    expect(await fateOf(own)).toBe("session_ended");
  }
});

test("a call is use: it keeps a console from resting", async () => {
  const own = await openConsole(deployment, admin.browser);
  const { thumbprint } = own.key;
  const sql = "UPDATE sessions SET seen_at = seen_at - 1800000 WHERE key_thumbprint = ?";
  deployment.sql(sql, thumbprint);
  const seenAt = () =>
    deployment.sql<{ at: number }>(
      "SELECT seen_at AS at FROM sessions WHERE key_thumbprint = ?",
      thumbprint,
    )[0]?.at ?? 0;
  const before = seenAt();
  expect(await fateOf(own)).toBe(200);
  const deadline = performance.now() + 60_000;
  while (seenAt() === before && performance.now() < deadline) await Bun.sleep(250);
  expect(seenAt()).toBeGreaterThan(before);
}, 180_000);

test("nothing that opens something is in a log line, an event or a row: codes, verifiers, tokens, proofs", async () => {
  const code = await newCode(admin.browser);
  const DPoP = await proveFor(deployment, key);
  const answer = await askToken(deployment, key, { fields: codeFields(code), headers: { DPoP } });
  const tokens = tokensIn(answer);
  await exchange(code);
  const secrets = [code, DPoP, tokens.access_token, tokens.refresh_token];
  const tables = ["events", "sessions", "refresh_tokens", "oauth_codes", "taken_ids"];
  const kept = tables.map((table) => JSON.stringify(deployment.sql(`SELECT * FROM ${table}`)));
  const all = [deployment.server.output(), ...kept].join("\n");
  for (const secret of secrets) expect(all.includes(secret)).toBe(false);
});

test("a compromised signing key ends the consoles whose tokens it signed", async () => {
  const own = await openConsole(deployment, admin.browser);
  const end = await deployment.admin("rotate", "signing", "--compromise", "--json");
  expect(end.exitCode).toBe(0);
  const deadline = performance.now() + 60_000;
  while ((await fateOf(own)) === 200 && performance.now() < deadline) await Bun.sleep(100);
  expect(await fateOf(own)).toBeOneOf(["invalid_token", "session_ended"]);
  const fields = refreshFields(own.tokens.refresh_token);
  expect(errorIn(await askToken(deployment, own.key, { fields }))).toBe("400 invalid_grant");
});
