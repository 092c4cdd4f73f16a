/**
 * `/admin/trpc` of a running server, from outside: with a console's token and its proof, and as
 * somebody who has stolen the token alone.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import { makeConsoleKey } from "../support/console_key.ts";
import {
  type Deployment,
  freshName,
  GOOD_PASSWORD,
  openDeployment,
} from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { requestHead, sendRaw } from "../support/raw_http.ts";
import {
  ADMIN_PATH,
  type ConsoleAnswer,
  openRunningConsole,
  type RunningConsole,
} from "../support/running_console.ts";

const PROVIDERS = "/api/v1/auth/providers";

let deployment: Deployment;
let console: RunningConsole;

beforeAll(async () => {
  deployment = await openDeployment();
  console = await openRunningConsole(deployment);
});

afterAll(async () => {
  await deployment.close();
});

function refusal({ status, error }: ConsoleAnswer) {
  return [status, error?.data.code];
}

test("a console's token with its proof is answered, with every header, and never stored", async () => {
  const answer = await console.call("GET", "users.list", { input: {} });
  expect(answer.status).toBe(200);
  expect(answer.result?.data["items"]).toHaveLength(1);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("x-request-id")).not.toBeNull();
});

test("a stolen token without its proof is worthless", async () => {
  const thief = await makeConsoleKey();
  const authorization = { Authorization: `DPoP ${console.token}` };
  const spent = await console.prove("GET", "users.list");
  const own = { ...authorization, DPoP: spent };
  expect((await console.send("GET", "users.list", { input: {}, headers: own })).status).toBe(200);
  const attempts: readonly (readonly [string, Record<string, string>])[] = [
    ["without a proof", authorization],
    ["as Bearer", { Authorization: `Bearer ${console.token}` }],
    [
      "as Bearer with a proof",
      { Authorization: `Bearer ${console.token}`, DPoP: await console.prove("GET", "users.list") },
    ],
    [
      "with the proof of another key",
      { ...authorization, DPoP: await console.prove("GET", "users.list", thief) },
    ],
    [
      "with a proof for another call",
      { ...authorization, DPoP: await console.prove("GET", "audit.list") },
    ],
    [
      "with a proof for another method",
      { ...authorization, DPoP: await console.prove("POST", "users.list") },
    ],
    ["with a proof that was seen", own],
  ];
  for (const [how, headers] of attempts) {
    const answer = await console.send("GET", "users.list", { input: {}, headers });
    expect([how, ...refusal(answer)]).toEqual([how, 401, "invalid_token"]);
    expect(answer.result).toBeUndefined();
  }
  const asUser = await deployment.visitor({
    headers: { Authorization: `Bearer ${console.token}` },
  });
  expect((await asUser.get("/api/v1/auth/me")).status).toBe(401);
});

test("cookies open nothing, also an owner's, and a page of another origin reads nothing", async () => {
  const { browser, username } = await deployment.newAccount();
  deployment.sql("UPDATE users SET role = 'owner' WHERE username = ?", username);
  const names = ["sessionid", "access_token"];
  const cookie = names.map((name) => `${name}=${browser.jar.find(name)}`).join("; ");
  const byCookie = await console.send("GET", "users.list", {
    input: {},
    headers: { Cookie: cookie },
  });
  expect(refusal(byCookie)).toEqual([401, "unauthenticated"]);
  const headers = { Origin: "https://evil.example" };
  const foreign = await console.call("GET", "users.list", { input: {}, headers });
  expect(refusal(foreign)).toEqual([403, "forbidden"]);
  expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
  for (const method of ["GET", "POST", "PUT", "OPTIONS"]) {
    const answer = await deployment.visitor().request(method, "/admin/trpc/users.list", {
      csrf: false,
      headers: { Origin: "http://localhost:3000" },
    });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
  }
});

test("a blocked address is refused on its next request, and let in on the next after", async () => {
  const visitor = deployment.visitor({ address: "203.0.113.7" });
  expect((await visitor.get(PROVIDERS)).status).toBe(200);
  const input = { cidr: "203.0.113.0/24", reason: "guesses passwords" };
  expect((await console.call("POST", "limits.blockAddress", { input })).status).toBe(200);
  expectProblem(await visitor.get(PROVIDERS), "blocked");
  const lifted = await console.call("POST", "limits.unblockAddress", {
    input: { cidr: input.cidr },
  });
  expect(lifted.status).toBe(200);
  expect((await visitor.get(PROVIDERS)).status).toBe(200);
  const own = await console.call("POST", "limits.blockAddress", {
    input: { cidr: "192.0.2.0/24" },
  });
  expect(refusal(own)).toEqual([409, "conflict"]);
});

test("what the gate refuses is told in tRPC's form, as what a procedure refuses is", async () => {
  const size = { input: { id: "x".repeat(70_000) } };
  const large = await console.call("POST", "users.block", size);
  expect(refusal(large)).toEqual([413, "too_large"]);
  expect(large.headers.get("content-type")).toStartWith("application/json");
  const cidr = "203.0.113.99";
  await console.call("POST", "limits.blockAddress", { input: { cidr } });
  const away = { "X-Forwarded-For": cidr };
  const blocked = await console.call("GET", "users.list", { input: {}, headers: away });
  expect(refusal(blocked)).toEqual([403, "blocked"]);
  expect(blocked.error).toMatchObject({ code: -32_003, data: { httpStatus: 403 } });
  expectProblem(await deployment.visitor({ address: cidr }).get(PROVIDERS), "blocked");
  await console.call("POST", "limits.unblockAddress", { input: { cidr } });
  const host = requestHead("GET /admin/trpc/users.list HTTP/1.1", "Host: evil.example");
  const elsewhere = await sendRaw(deployment.server.url, host);
  expect(elsewhere.status).toBe(421);
  expect(JSON.parse(elsewhere.body)).toMatchObject({ error: { data: { code: "misdirected" } } });
});

test("an edited limit is in force on the next request", async () => {
  const input = { id: "anonymous", count: 1, window_s: 60 };
  expect((await console.call("POST", "limits.update", { input })).status).toBe(200);
  const visitor = deployment.visitor();
  expect((await visitor.get(PROVIDERS)).status).toBe(200);
  expect((await visitor.get(PROVIDERS)).status).toBe(429);
  const back = { id: "anonymous", count: 100, window_s: 60 };
  expect((await console.call("POST", "limits.update", { input: back })).status).toBe(200);
});

test("over a limit the door says when to come back", async () => {
  const address = { "X-Forwarded-For": "198.51.100.7" };
  const stranger = () => console.send("GET", "users.list", { input: {}, headers: address });
  let answer = await stranger();
  while (answer.status === 401) answer = await stranger();
  expect(refusal(answer)).toEqual([429, "rate_limited"]);
  expect(Number(answer.headers.get("retry-after"))).toBePositive();
  expect(answer.headers.get("ratelimit")).toStartWith('"anonymous";r=0;t=');
  expect(answer.headers.get("ratelimit-policy")).toBe('"anonymous";q=100;w=60');
});

test("who is held back is shown, and let go by a reset of the count", async () => {
  const visitor = deployment.visitor();
  const wrong = { identifier: "nobody", password: "wrong-wrong-wrong-1" };
  const signIn = () => visitor.post("/api/v1/auth/login", wrong);
  let answer = await signIn();
  while (answer.status === 401) answer = await signIn();
  expectProblem(answer, "rate_limited");
  const { result } = await console.call("GET", "limits.pressure");
  const items = result?.data["items"] as readonly {
    id: string;
    held: readonly { subject: string }[];
  }[];
  const held = items.find(({ id }) => id === "login_address")?.held ?? [];
  expect(held.map(({ subject }) => subject)).toContain(visitor.address);
  for (const [id, subject] of [
    ["login_address", visitor.address],
    ["login_account", "nobody"],
  ]) {
    const done = await console.call("POST", "limits.resetCount", { input: { id, subject } });
    expect(done.status).toBe(200);
  }
  expectProblem(await signIn(), "invalid_credentials");
});

test("an edited setting is in force on the next request and stays over a start, until the environment sets it", async () => {
  const signUp = async () => {
    const username = freshName();
    const body = { username, email: `${username}@example.com`, password: GOOD_PASSWORD };
    return (await deployment.visitor().post("/api/v1/auth/signup", body)).status;
  };
  const settingOf = async () => {
    const { result } = await console.call("GET", "settings.get");
    const items = result?.data["items"] as readonly { name: string }[];
    return items.find(({ name }) => name === "SIGNUP");
  };
  expect(await signUp()).toBe(202);
  expect(await settingOf()).toMatchObject({ value: "verify", source: "default", editable: true });
  const input = { name: "SIGNUP", value: "closed" };
  expect((await console.call("POST", "settings.update", { input })).status).toBe(200);
  expect(await signUp()).toBe(403);
  const { port } = new URL(deployment.server.url);
  await deployment.restart({ PORT: port, PUBLIC_URL: deployment.server.publicUrl });
  expect(await signUp()).toBe(403);
  await deployment.restart({ SIGNUP: "verify" });
  expect(await signUp()).toBe(202);
  expect(await settingOf()).toMatchObject({ source: "environment", editable: false });
  expect(refusal(await console.call("POST", "settings.update", { input }))).toEqual([
    409,
    "conflict",
  ]);
});

test("with ADMIN_LISTEN, that listener alone answers, and its own address counts for a proof", async () => {
  const free = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
  const { port } = free;
  await free.stop(true);
  const url = `http://127.0.0.1:${port}`;
  await deployment.restart({ ADMIN_LISTEN: `127.0.0.1:${port}` });
  expect((await console.call("GET", "users.list", { input: {} })).status).toBe(404);
  expect((await console.call("GET", "users.list", { input: {}, url })).status).toBe(200);
  const htu = `${url}${ADMIN_PATH}/users.list`;
  const iat = Math.floor(Date.now() / 1_000);
  const headers = { DPoP: await console.key.prove({ htm: "GET", htu, iat, token: console.token }) };
  expect((await console.call("GET", "users.list", { input: {}, url, headers })).status).toBe(200);
});
