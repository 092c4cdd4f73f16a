import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Deployment, freshName, openDeployment } from "../support/deployment.ts";
import { requestHead, sendRaw } from "../support/raw_http.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ env: { TRUSTED_PROXIES: "127.0.0.1,10.1.0.0/16" } });
});

afterAll(async () => {
  await deployment.close();
});

async function send(...lines: readonly string[]) {
  const { status, body, headers } = await sendRaw(deployment.server.url, requestHead(...lines));
  return { status, code: /"code":"(\w+)"/.exec(body)?.[1], headers };
}

test.each([
  "localhost",
  "LOCALHOST",
  "localhost:1",
  "127.0.0.1",
  "127.0.0.1:65535",
  "[::1]",
  "[::1]:8000",
])("the Host %s is answered", async (host) => {
  expect((await send("GET /healthz HTTP/1.1", `Host: ${host}`)).status).toBe(200);
});

test.each([
  "evil.example",
  "localhost.evil.example",
  "evil.localhost",
  "127.0.0.2",
  "0.0.0.0",
  "[::2]",
  "abc",
  "x",
])("the Host %s is 421 misdirected, before any route is looked up", async (host) => {
  for (const path of ["/healthz", "/nothing", "/api/v1/auth/me"]) {
    const answer = await send(`GET ${path} HTTP/1.1`, `Host: ${host}`);
    expect([answer.status, answer.code]).toEqual([421, "misdirected"]);
  }
});

test.each([
  "",
  "local host",
  "localhost:",
  "localhost:x",
  "localhost:99999",
  "localhost@evil.example",
  "localhost/evil",
  "localhost, localhost",
  "[::1",
  "loc\u00e4lhost",
  `${"a".repeat(300)}`,
])("the malformed Host %j is 400 or 421", async (host) => {
  const { status } = await send("GET /healthz HTTP/1.1", `Host: ${host}`);
  const isPortless = host === "localhost:";
  expect(isPortless ? [200, 400] : [400, 421]).toContain(status);
});

test("no Host, or two, is 400", async () => {
  expect((await send("GET /healthz HTTP/1.1")).status).toBe(400);
  expect((await send("GET /healthz HTTP/1.0")).status).toBe(400);
  const twice = ["Host: localhost", "Host: localhost"];
  expect((await send("GET /healthz HTTP/1.1", ...twice)).status).toBe(400);
  const other = ["Host: localhost", "Host: evil.example"];
  expect((await send("GET /healthz HTTP/1.1", ...other)).status).toBe(400);
});

/** The address that the server takes for the caller's, as its events say. */
async function addressOf(...forwarded: readonly string[]): Promise<unknown> {
  const identifier = freshName();
  const body = JSON.stringify({ identifier, password: "x" });
  const head = [
    "POST /api/v1/auth/token HTTP/1.1",
    "Host: localhost",
    "Content-Type: application/json",
    `Content-Length: ${body.length}`,
    `User-Agent: ${identifier}`,
    ...forwarded,
  ];
  await sendRaw(deployment.server.url, `${requestHead(...head)}${body}`);
  const sql = "SELECT ip FROM events WHERE user_agent = ?";
  return deployment.sql<{ ip: string }>(sql, identifier)[0]?.ip;
}

const CHAINS: readonly (readonly [what: string, header: string, ip: string])[] = [
  ["the one hop", "203.0.113.7", "203.0.113.7"],
  ["the last hop, whatever stands before it", "1.2.3.4, 203.0.113.7", "203.0.113.7"],
  ["the first hop that is no trusted proxy", "198.51.100.1, 203.0.113.7, 10.1.2.3", "203.0.113.7"],
  ["the outermost of trusted ones alone", "10.1.0.9, 10.1.0.8", "10.1.0.9"],
  ["the last good one at one that is no address", "203.0.113.7, nonsense, 10.1.2.3", "10.1.2.3"],
  ["the peer at nonsense alone", "nonsense", "127.0.0.1"],
  ["the peer at an empty header", "", "127.0.0.1"],
  ["an address with a port", "203.0.113.7:4711", "203.0.113.7"],
  ["an IPv6 address in its canonical form", "2001:DB8:0:0::7", "2001:db8::7"],
  ["an IPv6 address with a port", "[2001:db8::7]:4711", "2001:db8::7"],
  ["an IPv4 address that is mapped", "::ffff:203.0.113.7", "203.0.113.7"],
];

test.each(CHAINS)("behind a trusted proxy the caller is %s", async (_, header, ip) => {
  expect(await addressOf(`X-Forwarded-For: ${header}`)).toBe(ip);
});

test("two X-Forwarded-For headers are one list", async () => {
  const ip = await addressOf("X-Forwarded-For: 203.0.113.7", "X-Forwarded-For: 10.1.2.3");
  expect(ip).toBe("203.0.113.7");
});

test("other forwarding headers are ignored", async () => {
  const ip = await addressOf(
    "X-Real-IP: 1.2.3.4",
    "Forwarded: for=1.2.3.4",
    "CF-Connecting-IP: 1.2.3.4",
  );
  expect(ip).toBe("127.0.0.1");
});

test("without TRUSTED_PROXIES the forwarding headers are ignored (address spoofing)", async () => {
  await deployment.restart({ TRUSTED_PROXIES: "" });
  expect(await addressOf("X-Forwarded-For: 203.0.113.7")).toBe("127.0.0.1");
  await deployment.restart({ TRUSTED_PROXIES: "10.1.0.0/16" });
  expect(await addressOf("X-Forwarded-For: 203.0.113.7")).toBe("127.0.0.1");
});

test("ALLOWED_HOSTS replaces the hosts that are answered", async () => {
  await deployment.restart({ ALLOWED_HOSTS: "id.example.org, [2001:db8::1]" });
  expect((await send("GET /healthz HTTP/1.1", "Host: ID.example.org:443")).status).toBe(200);
  expect((await send("GET /healthz HTTP/1.1", "Host: [2001:DB8:0::1]")).status).toBe(200);
  expect((await send("GET /healthz HTTP/1.1", "Host: localhost")).status).toBe(421);
});
