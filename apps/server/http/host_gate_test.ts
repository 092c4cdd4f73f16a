import { afterAll, beforeAll, expect, test } from "bun:test";
import { connect } from "node:net";
import { Elysia } from "elysia";
import { createHostGate, hostWithoutPort } from "./host_gate.ts";

const gate = createHostGate(["id.example.org", "localhost", "127.0.0.1", "[::1]"]);

test("createHostGate() accepts the allowed hosts in any case and with any port", () => {
  for (const host of [
    "id.example.org",
    "ID.Example.ORG",
    "id.example.org:443",
    "localhost:8000",
    "localhost:",
    "127.0.0.1:1",
    "[::1]",
    "[::1]:65535",
    "[0:0:0:0:0:0:0:1]:8000",
  ]) {
    expect(gate(host)).toBe("accepted");
    expect(gate(host)).toBe("accepted");
  }
});

test("createHostGate() sends other hosts away (cache poisoning, links to a foreign host, DNS rebinding)", () => {
  for (const host of [
    "evil.example",
    "id.example.org.evil.example",
    "evil-id.example.org",
    "xid.example.org",
    "example.org",
    "localhost.",
    "id.example.org.",
    "127.0.0.2",
    "0.0.0.0",
    "[::2]",
    "127.1",
    "2130706433",
  ]) {
    expect(gate(host)).toBe("misdirected");
    expect(gate(host)).toBe("misdirected");
  }
});

test("createHostGate() refuses none, two and malformed ones", () => {
  expect(gate(null)).toBe("malformed");
  for (const host of [
    "",
    " ",
    "localhost, evil.example",
    "localhost, localhost",
    "evil.example, localhost",
    "evil.example@localhost",
    "localhost@evil.example",
    "user:pass@localhost",
    "localhost/x",
    "localhost?x",
    "localhost#x",
    "localhost\\x",
    "local host",
    "localhos%74",
    "lоcalhost",
    "localhost:80x",
    "localhost:99999",
    "localhost:123456",
    "localhost:-1",
    "localhost:80:80",
    ":8000",
    "::1",
    "[::1",
    "[::1]x",
    "[::1%eth0]",
    "[::ffff:127.0.0.1]",
    "[127.0.0.1]",
    "[]",
    "localhost\u0000",
    "a".repeat(5_000),
  ]) {
    expect(gate(host)).toBe("malformed");
  }
});

test("createHostGate() refuses hosts under four characters even where they are allowed (path confusion)", () => {
  const short = createHostGate(["id", "abc"]);
  expect(short("id")).toBe("misdirected");
  expect(short("abc")).toBe("misdirected");
  expect(short("id:")).toBe("misdirected");
  expect(short("id:8000")).toBe("accepted");
  expect(short("abc:1")).toBe("accepted");
});

test("createHostGate() judges right after more spellings than it remembers (memory exhaustion)", () => {
  const flooded = createHostGate(["localhost"]);
  for (let port = 0; port <= 65_535; port += 1) flooded(`localhost:${port}`);
  expect(flooded("LOCALHOST:8000")).toBe("accepted");
  expect(flooded("evil.example")).toBe("misdirected");
  expect(flooded("localhost, x")).toBe("malformed");
});

test("hostWithoutPort() gives one form for each host", () => {
  expect(hostWithoutPort("LocalHost:80")).toBe("localhost");
  expect(hostWithoutPort("[0:0::0001]:80")).toBe("[::1]");
  expect(hostWithoutPort("a_b.c-d")).toBe("a_b.c-d");
  expect(hostWithoutPort("a:b")).toBeUndefined();
});

// What the gate relies on, on a real socket: Elysia behind it must see the path that was sent.

const SECRET = "/api/v1/secret";
const app = new Elysia()
  .get(SECRET, () => "secret")
  .get("/v1/secret", () => "confused")
  .all("/*", ({ path }) => `other ${path}`);
let server: Bun.Server<undefined>;

beforeAll(() => {
  const realGate = createHostGate(["localhost", "id"]);
  server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch(request) {
      const verdict = realGate(request.headers.get("host"));
      return verdict === "accepted" ? app.fetch(request) : new Response(verdict, { status: 421 });
    },
  });
});

afterAll(async () => {
  await server.stop(true);
});

/** Sends bytes as they are, and gives the status and the body. */
function send(head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(server.port ?? 0, "127.0.0.1", () => {
      socket.write(`${head}\r\nConnection: close\r\n\r\n`);
    });
    socket.on("data", (data) => {
      answer += data.toString("latin1");
    });
    socket.on("error", reject);
    socket.on("close", () => {
      const [first = "", ...rest] = answer.split("\r\n");
      resolve(`${first.split(" ")[1]} ${rest.join("\r\n").split("\r\n\r\n")[1] ?? ""}`.trim());
    });
  });
}

test.each([
  [`GET ${SECRET} HTTP/1.1\r\nHost: localhost`, "200 secret"],
  [`GET ${SECRET} HTTP/1.1\r\nHost: LOCALHOST:1`, "200 secret"],
  [`GET http://evil.example${SECRET} HTTP/1.1\r\nHost: localhost`, "200 secret"],
  [`GET http://localhost${SECRET} HTTP/1.1\r\nHost: evil.example`, "421 misdirected"],
  [`GET ${SECRET} HTTP/1.1\r\nHost: localhost\r\nHost: evil.example`, "421 malformed"],
  [`GET ${SECRET} HTTP/1.1\r\nHost: evil.example\r\nhost: localhost`, "421 malformed"],
  [`GET ${SECRET} HTTP/1.1\r\nHost: id`, "421 misdirected"],
  [`GET ${SECRET} HTTP/1.1\r\nHost: id:8000`, "200 secret"],
  [`GET ${SECRET} HTTP/1.1\r\nHost: localhost/x?`, "421 malformed"],
  [`GET ${SECRET} HTTP/1.1\r\nHost: x@localhost`, "421 malformed"],
  [`GET ${SECRET} HTTP/1.1\r\nHost:`, "421 malformed"],
  [`GET ${SECRET} HTTP/1.0`, "421 malformed"],
  [`GET ${SECRET} HTTP/1.1`, "400"],
  [`GET ${SECRET} HTTP/1.1\r\nHost: localhost\r\n folded`, "400"],
])("a real request %j is answered %p (Host confusion)", async (head, answer) => {
  expect(await send(head)).toBe(answer);
});
