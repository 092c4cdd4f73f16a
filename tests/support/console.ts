/**
 * A console as it is seen from outside: asks, is let in by an administrator's browser, and calls.
 *
 * @module
 */

import type { Role } from "@postern/auth";
import { type ConsoleKey, hashOf, makeConsoleKey } from "./console_key.ts";
import type { Account, Deployment, Visitor } from "./deployment.ts";
import type { Answer } from "./http_client.ts";

/** Where consoles of tests wait. */
export const REDIRECT = "http://127.0.0.1:49152/callback";

/** What their codes are bound to. */
const VERIFIER = "a".repeat(43);

/** What is sent, by name; null leaves one out. */
export type Fields = Readonly<Record<string, string | null>>;

/** Somebody with a role, and a browser that is signed in. */
export interface Admin {
  readonly account: Account;
  readonly browser: Visitor;
}

/** Tokens as the token endpoint gives them. */
export interface ConsoleTokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly auth_time: number;
}

/** Makes an administrator. */
export async function newAdmin(deployment: Deployment, role: Role = "owner"): Promise<Admin> {
  const account = await deployment.newAccount();
  deployment.sql("UPDATE users SET role = ? WHERE username = ?", role, account.username);
  return { account, browser: await deployment.signIn(account) };
}

/** Writes what a console asks. */
export function asked(changed: Fields = {}): Record<string, string> {
  return withoutNulls({
    client_id: "console",
    redirect_uri: REDIRECT,
    response_type: "code",
    state: "kept as it is",
    code_challenge: hashOf(VERIFIER),
    code_challenge_method: "S256",
    ...changed,
  });
}

/** Opens the page. */
export function openPage(browser: Visitor, fields = asked()): Promise<Answer> {
  return browser.get(`/oauth/authorize?${new URLSearchParams(fields)}`);
}

/** Sends an answer as the page does. */
export function decide(
  browser: Visitor,
  changed: Fields = {},
  decision: "allow" | "deny" = "allow",
): Promise<Answer> {
  return browser.post("/oauth/authorize", { ...asked(changed), decision });
}

/** The query that the console is answered with. */
export function answerIn(answer: Answer): URLSearchParams {
  const { redirect_to } = (answer.json ?? {}) as { redirect_to?: string };
  if (redirect_to === undefined) throw new Error(`Nobody is sent anywhere: ${answer.text}`);
  return new URL(redirect_to).searchParams;
}

/** Lets a console in, and gives its code. */
export async function newCode(browser: Visitor, changed: Fields = {}): Promise<string> {
  const code = answerIn(await decide(browser, changed)).get("code");
  if (code === null) throw new Error("There is no code");
  return code;
}

/** Sends a form. */
export async function sendForm(
  deployment: Deployment,
  path: string,
  request: { readonly fields: Fields; readonly headers?: Fields },
): Promise<Answer> {
  const body = new URLSearchParams(withoutNulls(request.fields)).toString();
  const type = { "Content-Type": "application/x-www-form-urlencoded", Origin: null };
  const headers = { ...type, ...request.headers };
  return await deployment.visitor().request("POST", path, { body, csrf: false, headers });
}

/** Proves the key, for a call of the token endpoint. */
export function proveFor(
  deployment: Deployment,
  key: ConsoleKey,
  changed: Partial<Parameters<ConsoleKey["prove"]>[0]> = {},
): Promise<string> {
  const htu = `${deployment.server.publicUrl}/oauth/token`;
  return key.prove({ htu, iat: Math.floor(Date.now() / 1_000), ...changed });
}

/** Asks the token endpoint; what is not given is right. */
export async function askToken(
  deployment: Deployment,
  key: ConsoleKey,
  request: { readonly fields: Fields; readonly headers?: Fields },
): Promise<Answer> {
  const DPoP = await proveFor(deployment, key);
  const headers = { DPoP, ...request.headers };
  return await sendForm(deployment, "/oauth/token", { fields: request.fields, headers });
}

/** What a console sends for its code. */
export function codeFields(code: string, changed: Fields = {}): Fields {
  const grant = { grant_type: "authorization_code", client_id: "console", code };
  return { ...grant, redirect_uri: REDIRECT, code_verifier: VERIFIER, ...changed };
}

/** What a console sends for its next tokens. */
export function refreshFields(token: string, changed: Fields = {}): Fields {
  return { grant_type: "refresh_token", client_id: "console", refresh_token: token, ...changed };
}

/** Reads tokens out of an answer. */
export function tokensIn(answer: Answer): ConsoleTokens {
  if (answer.status !== 200) throw new Error(`There are no tokens: ${answer.text}`);
  return answer.json as ConsoleTokens;
}

/** A console that was let in. */
export interface Console {
  readonly key: ConsoleKey;
  readonly tokens: ConsoleTokens;
}

/** Lets a console in, with a key of its own unless one is given. */
export async function openConsole(
  deployment: Deployment,
  browser: Visitor,
  given: { readonly key?: ConsoleKey; readonly asked?: Fields } = {},
): Promise<Console> {
  const key = given.key ?? (await makeConsoleKey());
  const code = await newCode(browser, given.asked);
  const answer = await askToken(deployment, key, { fields: codeFields(code) });
  return { key, tokens: tokensIn(answer) };
}

/** Calls a procedure; a query where there is no input to send with a POST. */
export async function callProcedure(
  deployment: Deployment,
  { key, tokens }: Console,
  call: { readonly path: string; readonly input?: unknown; readonly isQuery?: boolean },
): Promise<{ readonly status: number; readonly code: string | undefined; readonly data: unknown }> {
  const { path, input = {}, isQuery = false } = call;
  const method = isQuery ? "GET" : "POST";
  const url = `/admin/trpc/${path}`;
  const query = isQuery ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
  const token = tokens.access_token;
  const htu = `${deployment.server.publicUrl}${url}`;
  const proof = { htm: method, htu, iat: Math.floor(Date.now() / 1_000), token };
  const headers = { Authorization: `DPoP ${token}`, DPoP: await key.prove(proof), Origin: null };
  const body = isQuery ? {} : { body: input };
  const sent = { ...body, csrf: false, headers };
  const answer = await deployment.visitor().request(method, `${url}${query}`, sent);
  const json = (answer.json ?? {}) as {
    readonly result?: { readonly data: unknown };
    readonly error?: { readonly data: { readonly code: string } };
  };
  return { status: answer.status, code: json.error?.data.code, data: json.result?.data };
}

function withoutNulls(fields: Fields): Record<string, string> {
  const there = Object.entries(fields).filter(
    (field): field is [string, string] => field[1] !== null,
  );
  return Object.fromEntries(there);
}
