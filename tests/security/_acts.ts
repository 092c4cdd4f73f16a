/**
 * What attackers do in many of the tests here.
 *
 * @module
 */

import { expect } from "bun:test";
import type { Account, Deployment, Visitor } from "../support/deployment.ts";
import type { Answer } from "../support/http_client.ts";
import { whenNotBusy } from "../support/when_not_busy.ts";

/** Where the calls of sign-in and accounts are. */
export const AUTH = "/api/v1/auth";

/** A pair of tokens in an answer. */
export interface Pair {
  readonly access_token: string;
  readonly refresh_token: string;
}

/** Signs in without cookies. */
export async function newPair(deployment: Deployment, account: Account): Promise<Pair> {
  const { username: identifier, password } = account;
  const visitor = deployment.visitor();
  const answer = await whenNotBusy(() => visitor.post(`${AUTH}/token`, { identifier, password }));
  if (answer.status !== 200) throw new Error(`Cannot sign in: ${answer.text}`);
  return answer.json as Pair;
}

/** Asks who is signed in, by a Bearer token. */
export async function askMe(deployment: Deployment, token: string): Promise<Answer> {
  const headers = { Authorization: `Bearer ${token}` };
  return await deployment.visitor().get(`${AUTH}/me`, { headers });
}

/** Asks who is signed in, by cookies alone. */
export async function askMeBy(deployment: Deployment, cookie: string): Promise<Answer> {
  return await deployment.visitor().get(`${AUTH}/me`, { headers: { Cookie: cookie } });
}

/** The value of a cookie that a visitor has. */
export function cookieOf(visitor: Visitor, name: string): string {
  const value = visitor.jar.find(name);
  if (value === undefined) throw new Error(`The visitor has no cookie ${name}`);
  return value;
}

/** Takes limits out of force, for tests that ask more often than anybody may. */
export async function liftLimits(deployment: Deployment): Promise<void> {
  deployment.sql("UPDATE limits SET enabled = 0");
  await deployment.restart();
}

/** The code of a problem; `undefined` where the answer is none. */
export function codeOf(answer: Pick<Answer, "json">): string | undefined {
  return (answer.json as { code?: string } | undefined)?.code;
}

/** What every answer must carry, whoever asked for it and whatever came of it. */
const GUARDS: readonly (readonly [name: string, value: RegExp])[] = [
  ["x-request-id", /^[0-9a-f-]{36}$/],
  ["x-content-type-options", /^nosniff$/],
  ["x-frame-options", /^DENY$/],
  ["x-xss-protection", /^0$/],
  ["referrer-policy", /^strict-origin-when-cross-origin$/],
  ["cross-origin-opener-policy", /^same-origin$/],
  ["cross-origin-resource-policy", /^same-origin$/],
  ["permissions-policy", /camera=\(\)/],
  ["content-security-policy", /frame-ancestors 'none'/],
];

/** Fails unless an answer carries every header that all answers have, and none that tells of the server. */
export function expectGuarded(read: (name: string) => string | null | undefined): void {
  for (const [name, value] of GUARDS) {
    expect(`${name}: ${read(name) ?? ""}`).toMatch(new RegExp(`^${name}: ${body(value)}`));
  }
  expect(read("content-security-policy")).not.toContain("unsafe-");
  for (const name of ["server", "x-powered-by"]) expect(read(name) ?? null).toBeNull();
}

function body(pattern: RegExp): string {
  const { source } = pattern;
  return source.startsWith("^") ? source.slice(1) : `.*${source}`;
}
