import { afterAll, beforeAll, expect, test } from "bun:test";
import { connect } from "node:net";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { type RawAnswer, requestHead, sendRaw } from "../support/raw_http.ts";
import { AUTH, expectGuarded } from "./_acts.ts";

let deployment: Deployment;
let host: string;

beforeAll(async () => {
  deployment = await openDeployment();
  host = `Host: ${new URL(deployment.server.url).host}`;
});

afterAll(async () => {
  const errors = deployment.server.logs().filter(({ level }) => level === "error");
  await deployment.close();
  expect(errors).toEqual([]);
});

const ME = `${AUTH}/me`;
const BODY = '{"identifier":"x","password":"y"}';

async function ask(...lines: readonly string[]): Promise<RawAnswer> {
  return await sendRaw(deployment.server.url, requestHead(...lines));
}

async function post(headers: readonly string[], body: string): Promise<RawAnswer> {
  const lines = [`POST ${AUTH}/token HTTP/1.1`, host, "Content-Type: application/json", ...headers];
  return await sendRaw(deployment.server.url, `${requestHead(...lines)}${body}`);
}

/** Fails unless we ourselves answered with a problem, all its headers on. */
function expectOurs(answer: RawAnswer, status: number): void {
  expect(answer.status).toBe(status);
  expectGuarded((name) => answer.headers.find(([found]) => found === name)?.[1]);
  if (status < 400) return;
  expect(JSON.parse(answer.body)).toMatchObject({ type: "about:blank", status });
}

/** Fails unless the runtime refused before we were asked: nothing but a status, and the line closed. */
function expectRefusedBelow(answer: RawAnswer): void {
  expect(answer.ended).toBe("closed");
  expect([0, 400, 413, 417, 431, 501, 505]).toContain(answer.status);
  expect(answer.body).toBe("");
}

/** Fails unless the server answers everybody else as ever. */
async function expectAlive(): Promise<void> {
  expectOurs(await ask("GET /healthz HTTP/1.1", host), 200);
}

/** Targets that some server somewhere took for another path, with what they are here. */
const TARGETS: readonly (readonly [target: string, status: number])[] = [
  [ME, 401],
  [`/x/..${ME}`, 401],
  [`/healthz/../..${ME}`, 401],
  [`/x/%2e%2e${ME}`, 401],
  [`/x/%2E./..${ME}`, 401],
  [`/.${ME}`, 401],
  [`http://evil.example${ME}`, 401],
  [`http://user@evil.example:1${ME}`, 401],
  [`/${ME}`, 404],
  ["//evil.example/healthz", 404],
  ["/\\evil.example/..", 404],
  ["/api%2Fv1%2Fauth%2Fme", 404],
  ["/api/v1/auth%2fme", 404],
  ["/api/v1/auth/me%00", 404],
  ["/api/v1/auth/me%20", 404],
  ["/api/v1/auth/me;a=b", 404],
  ["/api/v1/auth/me.json", 404],
  ["/API/V1/AUTH/ME", 404],
  ["/api/v1/auth/%zz", 404],
  ["/%", 404],
  ["/%ff%fe", 404],
  ["/\u00ff\u00fe", 404],
  ["/..%2f..%2fetc/passwd", 404],
  ["/%2e%2e/%2e%2e/etc/passwd", 404],
  ["/assets/..%2f..%2fpackage.json", 404],
  ["/assets/../../package.json", 404],
  ["/.env", 404],
  ["/.git/config", 404],
  ["/data/postern.db", 404],
  [`/${"a".repeat(10_000)}`, 404],
  [`/${"a/".repeat(5_000)}`, 404],
  ["/dev/outbox", 404],
  ["/dev/outbox.json", 404],
];

test.each(TARGETS)(
  "GET %s is %d: no other spelling leads past a guard (path confusion)",
  async (target, status) => {
    expectOurs(await ask(`GET ${target} HTTP/1.1`, host), status);
  },
);

test("a session's id is a UUID: no dot segment, slash or bad escape in its place", async () => {
  const { browser } = await deployment.newAccount();
  const cookies = `Cookie: ${browser.jar.header()}`;
  const csrf = `X-CSRFToken: ${browser.jar.find("csrftoken")}`;
  for (const id of ["..%2F..%2Fme", "%2e%2e", "%zz", "%ff%fe", "%00", "x", "me", "'%20OR%201=1"]) {
    const answer = await ask(`DELETE ${AUTH}/sessions/${id} HTTP/1.1`, host, cookies, csrf);
    expect([204, 200]).not.toContain(answer.status);
    expect([400, 404, 405]).toContain(answer.status);
  }
  expect((await browser.get(ME)).status).toBe(200);
});

/** Values of Host that could make a router take another part of the URL for the path, or a link lead away. */
const HOSTS = [
  "a",
  "ab",
  "abc",
  "x/api",
  "localhost/api/v1/auth/csrf?",
  "localhost#",
  "localhost?x",
  "localhost@evil.example",
  "evil.example",
  "localhost.evil.example",
  "localhost:99999",
  "localhost:80:80",
  "localhost:x",
  "[::1",
  "[::ffff:127.0.0.1]",
  "127.1",
  "0x7f.1",
  "2130706433",
  "local host",
  "localhost, evil.example",
  "%6cocalhost",
  "\u00e9xample",
  "",
];

test("a short, foreign or malformed Host is 421 or 400 before any route is looked up (host confusion)", async () => {
  for (const value of HOSTS) {
    for (const target of [
      "/healthz",
      "/xxapi/v1/auth/csrf",
      "/zzhealthz",
      `/${"x".repeat(12)}healthz`,
    ]) {
      const answer = await ask(`GET ${target} HTTP/1.1`, `Host: ${value}`);
      expect({ value, target, status: answer.status }).toEqual({
        value,
        target,
        status: answer.status === 421 ? 421 : 400,
      });
      if (answer.headers.length > 3) expectOurs(answer, answer.status);
      expect(answer.raw).not.toContain("csrfToken");
    }
  }
  expectOurs(await ask("GET /healthz HTTP/1.1", host, "Host: evil.example"), 400);
  expectOurs(await ask("GET /healthz HTTP/1.0"), 400);
  expectOurs(await ask("GET /healthz HTTP/1.0", host), 200);
  await expectAlive();
});

test("CONNECT, TRACE and what is no method open nothing", async () => {
  for (const method of [
    "CONNECT",
    "TRACE",
    "PUT",
    "OPTIONS",
    "PURGE",
    "PROPFIND",
    "FOO",
    "get",
    "",
  ]) {
    for (const target of ["evil.example:443", "/healthz", ME]) {
      const answer = await ask(`${method} ${target} HTTP/1.1`, host, "X-Echo: echo-me");
      expect([0, 204, 400, 404, 405, 501, 505]).toContain(answer.status);
      expect(answer.raw).not.toContain("echo-me");
    }
  }
  expectOurs(await ask(`TRACE ${ME} HTTP/1.1`, host), 405);
  expectOurs(await ask("CONNECT evil.example:443 HTTP/1.1", host), 404);
});

/** Heads that no client writes, by what is wrong with them. */
const HEADS: readonly (readonly [what: string, ...lines: string[]])[] = [
  ["no slash", "GET healthz HTTP/1.1"],
  ["a scheme that is none of ours", "GET ftp://x/healthz HTTP/1.1"],
  ["a version to come", "GET /healthz HTTP/2.0"],
  ["a NUL in the target", "GET /heal\u0000thz HTTP/1.1"],
  ["a blank in the target", "GET /heal thz HTTP/1.1"],
  ["a folded line", "GET /healthz HTTP/1.1", "X-A: b", " c"],
  ["a blank before the colon", "GET /healthz HTTP/1.1", "X-A : b"],
  ["a NUL in a value", "GET /healthz HTTP/1.1", "X-A: a\u0000b"],
  ["a bare CR in a value", "GET /healthz HTTP/1.1", "X-A: a\rb"],
  ["a target of 40 KB", `GET /${"a".repeat(40_000)} HTTP/1.1`],
  ["a value of 60 KB", "GET /healthz HTTP/1.1", `X-A: ${"a".repeat(60_000)}`],
  [
    "5000 headers",
    "GET /healthz HTTP/1.1",
    ...Array.from({ length: 5_000 }, (_, n) => `X-${n}: y`),
  ],
];

test.each(HEADS)("a head with %s is refused, and the line closed", async (_, ...lines) => {
  expectRefusedBelow(await ask(...lines, host));
  await expectAlive();
});

test("a TLS hello, a bare line feed and nothing at all are refused, and the line closed", async () => {
  const odd = [
    "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
    "\r\n\r\n",
    "GET /healthz\r\n\r\n",
    `GET /healthz HTTP/1.1\n${host}\n\n`,
  ];
  for (const bytes of odd) expectRefusedBelow(await sendRaw(deployment.server.url, bytes));
  await expectAlive();
});

/** Framings that two servers in a row may understand differently. */
const FRAMINGS: readonly (readonly [what: string, headers: string[], body: string])[] = [
  ["a length and chunks", ["Content-Length: 5", "Transfer-Encoding: chunked"], "0\r\n\r\n"],
  ["two lengths", ["Content-Length: 5", `Content-Length: ${BODY.length}`], BODY],
  ["a length below nothing", ["Content-Length: -1"], BODY],
  ["a length with a sign", [`Content-Length: +${BODY.length}`], BODY],
  ["a length in hexadecimal", ["Content-Length: 0x21"], BODY],
  ["a length of 23 digits", ["Content-Length: 99999999999999999999999"], BODY],
  ["a chunk of no size", ["Transfer-Encoding: chunked"], "zz\r\nabc\r\n0\r\n\r\n"],
  ["a chunk of 17 digits", ["Transfer-Encoding: chunked"], "fffffffffffffffff\r\nabc"],
  ["a coding before chunked", ["Transfer-Encoding: gzip, chunked"], "0\r\n\r\n"],
  ["a coding that is none", ["Transfer-Encoding: xchunked"], "0\r\n\r\n"],
  ["identity and a length", ["Transfer-Encoding: identity", "Content-Length: 2"], "{}"],
];

test.each(FRAMINGS)(
  "a body with %s is refused, and the line closed (request smuggling)",
  async (_, headers, body) => {
    expectRefusedBelow(await post(headers, body));
    await expectAlive();
  },
);

/** Sends requests on one connection, the last of which closes it, and reads until it is closed. */
async function converse(bytes: string): Promise<string> {
  const { hostname, port } = new URL(deployment.server.url);
  const last = requestHead("GET /nothing-else HTTP/1.1", host, "Connection: close");
  return await new Promise((resolve) => {
    let raw = "";
    const socket = connect(Number(port), hostname, () =>
      socket.write(Buffer.from(`${bytes}${last}`, "latin1")),
    );
    socket.setTimeout(30_000, () => socket.destroy());
    socket.on("data", (chunk) => {
      raw += chunk.toString("latin1");
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(raw));
  });
}

/** The status of each of the answers on one connection. */
async function answersTo(bytes: string): Promise<readonly string[]> {
  const raw = await converse(bytes);
  return [...raw.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status ?? "");
}

test("what is left of a refused or unread body is no request (request smuggling)", async () => {
  const smuggled = requestHead("GET /healthz HTTP/1.1", host);
  const head = (...more: string[]) =>
    requestHead(`POST ${AUTH}/token HTTP/1.1`, host, "Content-Type: application/json", ...more);
  const filling = `${smuggled}${" ".repeat(70_000 - smuggled.length)}`;
  const size = (65_000).toString(16);
  const bodies = [
    `${head("Content-Length: 70000")}${filling}`,
    `${head("Transfer-Encoding: chunked")}${size}\r\n${filling.slice(0, 65_000)}\r\n${size}\r\n${filling.slice(0, 65_000)}\r\n0\r\n\r\n`,
    `${requestHead("GET /nothing HTTP/1.1", host, `Content-Length: ${smuggled.length}`)}${smuggled}`,
    `${requestHead(`DELETE ${AUTH}/sessions HTTP/1.1`, host, `Content-Length: ${smuggled.length}`)}${smuggled}`,
    `${requestHead("POST /nothing HTTP/1.1", host, "Content-Type: text/plain", `Content-Length: ${smuggled.length}`)}${smuggled}`,
  ];
  for (const body of bodies) {
    const answers = await answersTo(body);
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.length).toBeLessThanOrEqual(2);
    expect(answers).not.toContain("200");
  }
});

test("requests in one packet are never answered out of their order (pipelining)", async () => {
  const people = await Promise.all([0, 1].map(() => deployment.newAccount()));
  const heads = people.map(({ browser }) =>
    requestHead(`GET ${ME} HTTP/1.1`, host, `Cookie: ${browser.jar.header()}`),
  );
  const names = people.map(({ username }) => username);
  const inOrder = [...names, ...names];
  // The runtime drops a connection that goes on while an answer is not there yet: so few come while cold.
  for (const least of [0, 0, inOrder.length]) {
    const raw = await converse([...heads, ...heads].join(""));
    const found = [...raw.matchAll(/"username":"([^"]+)"/g)].map(([, name]) => name ?? "");
    expect(found).toEqual(inOrder.slice(0, found.length));
    expect(found.length).toBeGreaterThanOrEqual(least);
    for (const { browser } of people) expect((await browser.get(ME)).status).toBe(200);
  }
});

test("a header twice is not two chances: Authorization, X-CSRFToken, Origin, Content-Type", async () => {
  const { browser } = await deployment.newAccount();
  const token = `Authorization: Bearer ${browser.jar.find("access_token")}`;
  expectOurs(await ask(`GET ${ME} HTTP/1.1`, host, token), 200);
  expectOurs(await ask(`GET ${ME} HTTP/1.1`, host, token, token), 401);
  expectOurs(await ask(`GET ${ME} HTTP/1.1`, host, "Authorization: Basic x", token), 401);
  const cookie = `Cookie: ${browser.jar.header()}`;
  expectOurs(await ask(`GET ${ME} HTTP/1.1`, host, cookie), 200);
  const twice = await ask(`GET ${ME} HTTP/1.1`, host, cookie, cookie);
  expect([400, 401]).toContain(twice.status);
  const csrf = `X-CSRFToken: ${browser.jar.find("csrftoken")}`;
  const end = [`DELETE ${AUTH}/sessions HTTP/1.1`, host, cookie];
  expectOurs(await ask(...end, csrf, csrf), 403);
  expectOurs(
    await ask(...end, csrf, `Origin: ${deployment.server.publicUrl}`, "Origin: null"),
    403,
  );
  const types = ["Content-Type: text/plain", `Content-Length: ${BODY.length}`];
  expectOurs(await post(types, BODY), 415);
});

test("an upgrade to anything is not taken, and an expectation is met", async () => {
  for (const protocol of ["h2c", "websocket", "TLS/1.0"]) {
    const answer = await ask(
      `GET ${ME} HTTP/1.1`,
      host,
      "Connection: Upgrade",
      `Upgrade: ${protocol}`,
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Sec-WebSocket-Version: 13",
    );
    expectOurs(answer, 401);
  }
  const { raw } = await sendRaw(
    deployment.server.url,
    `${requestHead(`POST ${AUTH}/token HTTP/1.1`, host, "Content-Type: application/json", "Expect: 100-continue", `Content-Length: ${BODY.length}`)}${BODY}`,
    1_500,
  );
  expect(raw).toContain("HTTP/1.1 401");
});
