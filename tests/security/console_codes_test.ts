/**
 * Codes that are none, proofs that come again, and whoever must change a password first.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Admin,
  askToken,
  callProcedure,
  codeFields,
  decide,
  newAdmin,
  newCode,
  openConsole,
  openPage,
  proveFor,
  tokensIn,
} from "../support/console.ts";
import { type ConsoleKey, makeConsoleKey } from "../support/console_key.ts";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import type { Answer } from "../support/http_client.ts";

let deployment: Deployment;
let admin: Admin;
let key: ConsoleKey;

beforeAll(async () => {
  deployment = await openDeployment();
  admin = await newAdmin(deployment);
  key = await makeConsoleKey();
});

afterAll(async () => {
  await deployment.close();
});

function proofsKept(): number {
  const [row] = deployment.sql<{ kept: number }>("SELECT count(*) AS kept FROM taken_ids");
  return row?.kept ?? -1;
}

function errorIn({ status, json }: Answer): string {
  return `${status} ${(json as { error?: string } | undefined)?.error}`;
}

test("codes that never were store nothing, however many are sent (filling the database)", async () => {
  const kept = proofsKept();
  for (const code of ["rubbish", "x".repeat(4_000), "a".repeat(43)]) {
    const answer = await askToken(deployment, key, { fields: codeFields(code) });
    expect(errorIn(answer)).toBe("400 invalid_grant");
  }
  const code = await newCode(admin.browser);
  const other = { code_verifier: "b".repeat(43) };
  const answer = await askToken(deployment, key, { fields: codeFields(code, other) });
  expect(errorIn(answer)).toBe("400 invalid_grant");
  expect(proofsKept()).toBe(kept);
  tokensIn(await askToken(deployment, key, { fields: codeFields(code) }));
  expect(proofsKept()).toBe(kept + 1);
});

test("a proof that was spent on one code is worth nothing with another, which stays good (replay)", async () => {
  const headers = { DPoP: await proveFor(deployment, key) };
  const [one, two] = [await newCode(admin.browser), await newCode(admin.browser)];
  tokensIn(await askToken(deployment, key, { fields: codeFields(one), headers }));
  const again = await askToken(deployment, key, { fields: codeFields(two), headers });
  expect(errorIn(again)).toBe("400 invalid_dpop_proof");
  tokensIn(await askToken(deployment, key, { fields: codeFields(two) }));
});

test("a whole request that comes again, its proof too, gives nothing and ends what came of the first", async () => {
  const code = await newCode(admin.browser);
  const sent = { fields: codeFields(code), headers: { DPoP: await proveFor(deployment, key) } };
  const tokens = tokensIn(await askToken(deployment, key, sent));
  expect(errorIn(await askToken(deployment, key, sent))).toBe("400 invalid_grant");
  const look = { path: "overview.summary", isQuery: true };
  expect((await callProcedure(deployment, { key, tokens }, look)).code).toBe("session_ended");
});

test("whoever must change the password lets no console in from an older session of the browser", async () => {
  const owner = await openConsole(deployment, admin.browser);
  const { account, browser } = await newAdmin(deployment, "security");
  const early = await newCode(browser);
  const input = { id: account.id };
  const required = await callProcedure(deployment, owner, {
    path: "users.requirePasswordChange",
    input,
  });
  expect(required.status).toBe(200);
  const page = await openPage(browser);
  expect(page.status).toBe(403);
  expect(page.text).toContain('"reason":"password_change_required"');
  expectProblem(await decide(browser), "password_change_required");
  const late = await askToken(deployment, key, { fields: codeFields(early) });
  expect(errorIn(late)).toBe("400 invalid_grant");
  const change = {
    current_password: account.password,
    new_password: "eleven quiet herons at dawn",
  };
  expect((await browser.post("/api/v1/auth/password/change", change)).status).toBe(200);
  expect((await openPage(browser)).status).toBe(200);
  expect((await decide(browser)).status).toBe(200);
});
