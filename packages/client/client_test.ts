import { afterEach, beforeEach, expect, test } from "bun:test";
import { fetchWithJar, startTestServer, type TestServer } from "./_test_server.ts";
import { createClient } from "./client.ts";
import type { Lock } from "./credentials.ts";
import { memoryTokenBox } from "./token_credentials.ts";

let server: TestServer;

beforeEach(() => {
  server = startTestServer();
});

afterEach(async () => {
  await server.stop();
});

function browser(lock?: Lock) {
  const jar = new Map([
    ["access_token", "access-1"],
    ["refresh_token", "refresh-1"],
  ]);
  const fetch = fetchWithJar(jar);
  const options = { fetch, baseUrl: server.url };
  return createClient(lock === undefined ? options : { ...options, lock });
}

function count(line: string): number {
  return server.seen.filter((seen) => seen === line).length;
}

test("a call that changes something fetches the CSRF token once and sends it", async () => {
  const client = browser();
  expect((await client.updateProfile({ name: "Ada" })).ok).toBe(true);
  expect((await client.updateProfile({ name: "Ada L." })).ok).toBe(true);
  expect(count("GET /api/v1/auth/csrf")).toBe(1);
});

test("calls at once fetch the CSRF token once: of two cookies the later would win (race)", async () => {
  const client = browser();
  const names = ["Ada", "Grace", "Joan"];
  const answers = await Promise.all(names.map((name) => client.updateProfile({ name })));
  expect(answers.map(({ ok }) => ok)).toEqual([true, true, true]);
  expect(count("GET /api/v1/auth/csrf")).toBe(1);
  expect(count("PATCH /api/v1/auth/me")).toBe(3);
});

test("csrf_failed fetches the token anew and tries once more, with the same body", async () => {
  const client = browser();
  await client.updateProfile({ name: "Ada" });
  server.csrf = "csrf-2";
  const answer = await client.updateProfile({ name: "Grace" });
  expect(answer).toMatchObject({ ok: true, value: { name: "Grace" } });
  expect(count("PATCH /api/v1/auth/me")).toBe(3);
});

test("csrf_failed twice in a row is handed on, not tried for ever", async () => {
  const client = browser();
  let fetched = 0;
  Object.defineProperty(server, "csrf", {
    get() {
      fetched += 1;
      return `csrf-${fetched}`;
    },
  });
  const answer = await client.updateProfile({ name: "Ada" });
  expect(answer).toMatchObject({ ok: false, problem: { code: "csrf_failed", status: 403 } });
  expect(count("PATCH /api/v1/auth/me")).toBe(2);
});

test("token_expired refreshes silently and makes the call again", async () => {
  const client = browser();
  server.access = "access-run-out";
  const answer = await client.updateProfile({ name: "Ada" });
  expect(answer).toMatchObject({ ok: true, value: { name: "Ada" } });
  expect(count("POST /api/v1/auth/refresh")).toBe(1);
});

test("twenty calls at once with a token that has run out make one refresh", async () => {
  const client = browser();
  server.access = "access-run-out";
  const answers = await Promise.all(Array.from({ length: 20 }, () => client.getMe()));
  expect(answers.every((answer) => answer.ok)).toBe(true);
  expect(count("POST /api/v1/auth/refresh")).toBe(1);
});

test("a refresh that is refused hands on the first problem and is not repeated", async () => {
  const client = browser();
  server.access = "access-run-out";
  server.refresh = "refresh-gone";
  const answer = await client.getMe();
  expect(answer).toMatchObject({ ok: false, problem: { code: "token_expired", status: 401 } });
  expect(server.seen).toEqual([
    "GET /api/v1/auth/me",
    "GET /api/v1/auth/csrf",
    "POST /api/v1/auth/refresh",
  ]);
});

test("onSignedOut() is told when nothing could mend a refused call, and of no other refusal", async () => {
  let told = 0;
  const fetch = fetchWithJar(new Map([["refresh_token", "refresh-1"]]));
  const onSignedOut = () => {
    told += 1;
  };
  const client = createClient({ fetch, baseUrl: server.url, onSignedOut });
  await client.signIn({ identifier: "ada", password: "wrong" });
  expect((await client.getMe()).ok).toBe(true);
  expect(told).toBe(0);
  server.access = "access-run-out";
  server.refresh = "refresh-gone";
  expect((await client.getMe()).ok).toBe(false);
  expect(told).toBe(1);
});

test("a refresh whose CSRF token is stale fetches another", async () => {
  const client = browser();
  await client.updateProfile({ name: "Ada" });
  server.csrf = "csrf-2";
  server.access = "access-run-out";
  expect((await client.getMe()).ok).toBe(true);
  expect(count("POST /api/v1/auth/refresh")).toBe(2);
});

test("two clients with one lock never refresh at the same time", async () => {
  let tail: Promise<unknown> = Promise.resolve();
  const lock: Lock = async (_name, work) => {
    const before = tail;
    const mine = Promise.withResolvers<void>();
    tail = mine.promise;
    await before;
    try {
      return await work();
    } finally {
      mine.resolve();
    }
  };
  const jar = new Map([
    ["access_token", "old"],
    ["refresh_token", "refresh-1"],
  ]);
  const fetch = fetchWithJar(jar);
  const tabs = [1, 2, 3].map(() => createClient({ fetch, baseUrl: server.url, lock }));
  const answers = await Promise.all(tabs.map((tab) => tab.getMe()));
  expect(answers.every((answer) => answer.ok)).toBe(true);
  expect(server.refreshesAtOnce).toBe(1);
});

test("wrong credentials are no reason to refresh", async () => {
  const answer = await browser().signIn({ identifier: "ada", password: "wrong" });
  expect(answer).toMatchObject({ ok: false, problem: { code: "invalid_credentials" } });
  expect(count("POST /api/v1/auth/refresh")).toBe(0);
});

test("a good sign-in drops the CSRF token, since the new session has another", async () => {
  const client = browser();
  await client.signIn({ identifier: "ada", password: "right" });
  await client.updateProfile({ name: "Ada" });
  expect(count("GET /api/v1/auth/csrf")).toBe(2);
});

test("429 tells how long to wait and which request it was", async () => {
  const answer = await browser().signIn({ identifier: "ada", password: "slow down" });
  expect(answer).toMatchObject({
    ok: false,
    problem: { code: "rate_limited", retryAfterS: 7, requestId: "request-1", errors: [] },
  });
});

test("204 is null, and an id is escaped in the path", async () => {
  const answer = await browser().endSession("../me?x");
  expect(answer).toEqual({ ok: true, value: null });
  expect(server.seen).toContain("DELETE /api/v1/auth/sessions/..%2Fme%3Fx");
});

test("listSessions() asks for the page after a cursor", async () => {
  await browser().listSessions("a&b");
  expect(server.seen).toEqual(["GET /api/v1/auth/sessions?cursor=a%26b"]);
});

test("linkAccount() names the provider in the path and carries next in the query, both escaped", async () => {
  const client = browser();
  await client.linkAccount("a/b", "/account?x=1#accounts");
  await client.linkAccount("google");
  expect(server.seen.filter((line) => line.startsWith("POST"))).toEqual([
    "POST /api/v1/auth/accounts/a%2Fb/link?next=%2Faccount%3Fx%3D1%23accounts",
    "POST /api/v1/auth/accounts/google/link",
  ]);
});

test("the calls on linked accounts go where the contract has them", async () => {
  const client = browser();
  await client.listAccounts();
  await client.listAccounts("a&b");
  await client.getAccountToken("../me");
  expect(await client.unlinkAccount("../me")).toEqual({ ok: true, value: null });
  expect(server.seen.filter((line) => !line.endsWith("/csrf"))).toEqual([
    "GET /api/v1/auth/accounts",
    "GET /api/v1/auth/accounts?cursor=a%26b",
    "GET /api/v1/auth/accounts/..%2Fme/token",
    "DELETE /api/v1/auth/accounts/..%2Fme",
  ]);
});

test("a server that is not there is offline", async () => {
  const client = browser();
  await server.stop();
  expect(await client.getMe()).toMatchObject({
    ok: false,
    problem: { code: "offline", status: 0 },
  });
});

test("a proxy's error page is unreadable, not a crash", async () => {
  const fetch = () => globalThis.fetch(`${server.url}/html`);
  const client = createClient({ fetch, baseUrl: server.url });
  const answer = await client.getMe();
  expect(answer).toMatchObject({ ok: false, problem: { code: "unreadable", status: 502 } });
});

test("a bot sends its token, refreshes in kind and keeps the new pair", async () => {
  const tokens = memoryTokenBox();
  tokens.write({
    access_token: "old",
    refresh_token: "refresh-1",
    token_type: "Bearer",
    expires_in: 900,
  });
  const client = createClient({ fetch, baseUrl: server.url, tokens });
  expect((await client.updateProfile({ name: "Bot" })).ok).toBe(true);
  expect(tokens.read()).toMatchObject({ access_token: "access-2", refresh_token: "refresh-2" });
  expect(count("GET /api/v1/auth/csrf")).toBe(0);
});

test("a bot whose refresh token is refused throws the pair away", async () => {
  const tokens = memoryTokenBox();
  tokens.write({
    access_token: "old",
    refresh_token: "stolen",
    token_type: "Bearer",
    expires_in: 900,
  });
  const answer = await createClient({ fetch, baseUrl: server.url, tokens }).getMe();
  expect(answer).toMatchObject({ ok: false, problem: { code: "token_expired" } });
  expect(tokens.read()).toBeUndefined();
});
