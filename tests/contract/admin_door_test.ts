/**
 * `/admin/trpc` of a running server, from outside: with a console's token and its proof, and as
 * somebody who has stolen the token alone.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import { newAdmin, openConsole } from "../support/console.ts";
import { type ConsoleKey, makeConsoleKey } from "../support/console_key.ts";
import {
  type Deployment,
  freshName,
  GOOD_PASSWORD,
  openDeployment,
} from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";

const PATH = "/admin/trpc";
const PROVIDERS = "/api/v1/auth/providers";

let deployment: Deployment;
let key: ConsoleKey;
let token: string;

beforeAll(async () => {
  [deployment, key] = await Promise.all([openDeployment(), makeConsoleKey()]);
  const { browser } = await newAdmin(deployment);
  const { tokens } = await openConsole(deployment, browser, { key });
  token = tokens.access_token;
});

afterAll(async () => {
  await deployment.close();
});

interface Sent {
  readonly input?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly url?: string;
}

/** Proves that the key is there, for one call. */
async function proofOf(htm: string, path: string, by = key): Promise<string> {
  const htu = `${deployment.server.publicUrl}${PATH}/${path}`;
  return await by.prove({ htm, htu, iat: Math.floor(Date.now() / 1_000), token });
}

async function send(method: "GET" | "POST", path: string, { input, headers, url }: Sent = {}) {
  const base = `${url ?? deployment.server.url}${PATH}/${path}`;
  const isQuery = method === "GET" && input !== undefined;
  const full = isQuery ? `${base}?input=${encodeURIComponent(JSON.stringify(input))}` : base;
  const response = await fetch(full, {
    method,
    headers: { "X-Forwarded-For": "192.0.2.9", ...headers },
    ...(method === "POST" ? { body: JSON.stringify(input) } : {}),
  });
  const json = (await response.json()) as {
    result?: { data: Record<string, unknown> };
    error?: { data: { code: string } };
  };
  return { status: response.status, headers: response.headers, ...json };
}

/** A call as the console makes it. */
async function call(method: "GET" | "POST", path: string, sent: Sent = {}) {
  const dpop = await proofOf(method, path);
  const type = { "Content-Type": "application/json" };
  const headers = { ...type, Authorization: `DPoP ${token}`, DPoP: dpop, ...sent.headers };
  return await send(method, path, { ...sent, headers });
}

function refusal({ status, error }: Awaited<ReturnType<typeof send>>) {
  return [status, error?.data.code];
}

test("a console's token with its proof is answered, with every header, and never stored", async () => {
  const answer = await call("GET", "users.list", { input: {} });
  expect(answer.status).toBe(200);
  expect(answer.result?.data["items"]).toHaveLength(1);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("x-request-id")).not.toBeNull();
});

test("a stolen token without its proof is worthless", async () => {
  const thief = await makeConsoleKey();
  const authorization = { Authorization: `DPoP ${token}` };
  const spent = await proofOf("GET", "users.list");
  const own = { ...authorization, DPoP: spent };
  expect((await send("GET", "users.list", { input: {}, headers: own })).status).toBe(200);
  const attempts: readonly (readonly [string, Record<string, string>])[] = [
    ["without a proof", authorization],
    ["as Bearer", { Authorization: `Bearer ${token}` }],
    [
      "as Bearer with a proof",
      { Authorization: `Bearer ${token}`, DPoP: await proofOf("GET", "users.list") },
    ],
    [
      "with the proof of another key",
      { ...authorization, DPoP: await proofOf("GET", "users.list", thief) },
    ],
    [
      "with a proof for another call",
      { ...authorization, DPoP: await proofOf("GET", "audit.list") },
    ],
    [
      "with a proof for another method",
      { ...authorization, DPoP: await proofOf("POST", "users.list") },
    ],
    ["with a proof that was seen", own],
  ];
  for (const [how, headers] of attempts) {
    const answer = await send("GET", "users.list", { input: {}, headers });
    expect([how, ...refusal(answer)]).toEqual([how, 401, "invalid_token"]);
    expect(answer.result).toBeUndefined();
  }
  const asUser = await deployment.visitor({ headers: { Authorization: `Bearer ${token}` } });
  expect((await asUser.get("/api/v1/auth/me")).status).toBe(401);
});

test("cookies open nothing, also an owner's, and a page of another origin reads nothing", async () => {
  const { browser, username } = await deployment.newAccount();
  deployment.sql("UPDATE users SET role = 'owner' WHERE username = ?", username);
  const names = ["sessionid", "access_token"];
  const cookie = names.map((name) => `${name}=${browser.jar.find(name)}`).join("; ");
  const byCookie = await send("GET", "users.list", { input: {}, headers: { Cookie: cookie } });
  expect(refusal(byCookie)).toEqual([401, "unauthenticated"]);
  const headers = { Origin: "https://evil.example" };
  const foreign = await call("GET", "users.list", { input: {}, headers });
  expect(refusal(foreign)).toEqual([403, "forbidden"]);
  expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
});

test("a blocked address is refused on its next request, and let in on the next after", async () => {
  const visitor = deployment.visitor({ address: "203.0.113.7" });
  expect((await visitor.get(PROVIDERS)).status).toBe(200);
  const input = { cidr: "203.0.113.0/24", reason: "guesses passwords" };
  expect((await call("POST", "limits.blockAddress", { input })).status).toBe(200);
  expectProblem(await visitor.get(PROVIDERS), "blocked");
  const lifted = await call("POST", "limits.unblockAddress", { input: { cidr: input.cidr } });
  expect(lifted.status).toBe(200);
  expect((await visitor.get(PROVIDERS)).status).toBe(200);
  const own = await call("POST", "limits.blockAddress", { input: { cidr: "192.0.2.0/24" } });
  expect(refusal(own)).toEqual([409, "conflict"]);
});

test("an edited limit is in force on the next request", async () => {
  const input = { id: "anonymous", count: 1, window_s: 60 };
  expect((await call("POST", "limits.update", { input })).status).toBe(200);
  const visitor = deployment.visitor();
  expect((await visitor.get(PROVIDERS)).status).toBe(200);
  expect((await visitor.get(PROVIDERS)).status).toBe(429);
  const back = { id: "anonymous", count: 100, window_s: 60 };
  expect((await call("POST", "limits.update", { input: back })).status).toBe(200);
});

test("an edited setting is in force on the next request and stays over a start, until the environment sets it", async () => {
  const signUp = async () => {
    const username = freshName();
    const body = { username, email: `${username}@example.com`, password: GOOD_PASSWORD };
    return (await deployment.visitor().post("/api/v1/auth/signup", body)).status;
  };
  const settingOf = async () => {
    const { result } = await call("GET", "settings.get");
    const items = result?.data["items"] as readonly { name: string }[];
    return items.find(({ name }) => name === "SIGNUP");
  };
  expect(await signUp()).toBe(202);
  expect(await settingOf()).toMatchObject({ value: "verify", source: "default", editable: true });
  const input = { name: "SIGNUP", value: "closed" };
  expect((await call("POST", "settings.update", { input })).status).toBe(200);
  expect(await signUp()).toBe(403);
  const { port } = new URL(deployment.server.url);
  await deployment.restart({ PORT: port, PUBLIC_URL: deployment.server.publicUrl });
  expect(await signUp()).toBe(403);
  await deployment.restart({ SIGNUP: "verify" });
  expect(await signUp()).toBe(202);
  expect(await settingOf()).toMatchObject({ source: "environment", editable: false });
  expect(refusal(await call("POST", "settings.update", { input }))).toEqual([409, "conflict"]);
});

test("with ADMIN_LISTEN, that listener alone answers, and its own address counts for a proof", async () => {
  const free = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
  const { port } = free;
  await free.stop(true);
  const url = `http://127.0.0.1:${port}`;
  await deployment.restart({ ADMIN_LISTEN: `127.0.0.1:${port}` });
  expect((await call("GET", "users.list", { input: {} })).status).toBe(404);
  expect((await call("GET", "users.list", { input: {}, url })).status).toBe(200);
  const htu = `${url}${PATH}/users.list`;
  const iat = Math.floor(Date.now() / 1_000);
  const headers = { DPoP: await key.prove({ htm: "GET", htu, iat, token }) };
  expect((await call("GET", "users.list", { input: {}, url, headers })).status).toBe(200);
});
