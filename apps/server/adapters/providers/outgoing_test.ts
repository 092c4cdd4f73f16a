import { afterAll, beforeAll, expect, test } from "bun:test";
import { createServer, type Server } from "node:net";
import { err } from "@postern/std";
import { CALLS_PER_HOST } from "./limits.ts";
import { createOutgoing, type OutgoingError } from "./outgoing.ts";

interface Peer {
  readonly port: number;
  readonly seen: { method: string; path: string; headers: Headers; body: string }[];
  active: number;
  most: number;
  cancelled: number;
}

let server: Bun.Server<undefined>;
let peer: Peer;

beforeAll(() => {
  server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answer });
  peer = { port: server.port ?? 0, seen: [], active: 0, most: 0, cancelled: 0 };
});

afterAll(() => server.stop(true));

async function answer(request: Request): Promise<Response> {
  const { pathname: path } = new URL(request.url);
  const { method, headers } = request;
  peer.seen.push({ method, path, headers, body: await request.text() });
  peer.active += 1;
  peer.most = Math.max(peer.most, peer.active);
  await Bun.sleep(path === "/slow" ? 20 : 0);
  peer.active -= 1;
  if (path === "/endless") return endless();
  if (path === "/declared") {
    const body = Buffer.alloc(300_000, " ");
    return new Response(body, { headers: { "Content-Type": "application/json" } });
  }
  return Response.json({ path }, { headers: { "Set-Cookie": "a=b; Path=/" } });
}

function endless(): Response {
  const body = new ReadableStream<Uint8Array>({
    async pull(stream) {
      stream.enqueue(Buffer.alloc(65_536, " "));
      await Bun.sleep(1);
    },
    cancel() {
      peer.cancelled += 1;
    },
  });
  return new Response(body, { headers: { "Content-Type": "application/json" } });
}

const here = createOutgoing({ mayUseLoopback: true });

function resolving(addresses: readonly string[], timeoutMs = 10_000) {
  return createOutgoing({ mayUseLoopback: true, timeoutMs, resolve: async () => addresses });
}

function urlOf(path: string, host = "127.0.0.1"): string {
  return `http://${host}:${peer.port}${path}`;
}

function failure(code: OutgoingError["code"], status: number | null = null) {
  return err({ code, status });
}

test("an answer is its status, its JSON and its date", async () => {
  const sent = await here.send({ url: urlOf("/a") });
  expect(sent).toMatchObject({ ok: true, value: { status: 200, json: { path: "/a" } } });
  expect(sent.ok && Date.parse(sent.value.date ?? "")).toBeGreaterThan(0);
});

test("a form is posted as one; cookies are not kept", async () => {
  const form = new URLSearchParams({ code: "a&b" });
  await here.send({ url: urlOf("/form"), form, headers: { Authorization: "Bearer x" } });
  const seen = peer.seen.findLast(({ path }) => path === "/form");
  expect(seen).toMatchObject({ method: "POST", body: "code=a%26b" });
  expect(seen?.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
  expect(seen?.headers.get("authorization")).toBe("Bearer x");
  expect(seen?.headers.get("user-agent")).toBe("Postern");
  await here.send({ url: urlOf("/after") });
  expect(peer.seen.findLast(({ path }) => path === "/after")?.headers.get("cookie")).toBeNull();
});

test("an answer that grows too large is let go, and so is the connection", async () => {
  expect(await here.send({ url: urlOf("/endless") })).toEqual(failure("too_large", 200));
  for (let wait = 0; wait < 5_000 && peer.cancelled === 0; wait += 1) await Bun.sleep(10);
  expect(peer.cancelled).toBe(1);
  expect(await here.send({ url: urlOf("/declared") })).toEqual(failure("too_large", 200));
});

test("a name with any address that is not public is called at none of them (SSRF)", async () => {
  const url = "https://provider.example/";
  for (const addresses of [
    ["10.0.0.1"],
    ["8.8.8.8", "10.0.0.1"],
    ["fd00::1"],
    ["::ffff:8.8.8.8"],
  ]) {
    expect(await resolving(addresses).send({ url })).toEqual(failure("not_public"));
  }
  const away = createOutgoing({ mayUseLoopback: false, resolve: async () => ["127.0.0.1"] });
  expect(await away.send({ url })).toEqual(failure("not_public"));
});

test("http goes to this machine alone, whatever its name is made to lead to", async () => {
  expect(await resolving(["8.8.8.8"]).send({ url: urlOf("/x", "localhost") })).toEqual(
    failure("not_public"),
  );
});

test("a name is looked up once, and the call goes there (DNS rebinding)", async () => {
  let lookups = 0;
  const outgoing = createOutgoing({
    mayUseLoopback: true,
    async resolve() {
      lookups += 1;
      return lookups === 1 ? ["127.0.0.1"] : ["10.0.0.1"];
    },
  });
  expect((await outgoing.send({ url: urlOf("/once", "localhost") })).ok).toBe(true);
  expect(lookups).toBe(1);
  const seen = peer.seen.findLast(({ path }) => path === "/once");
  expect(seen?.headers.get("host")).toBe(`localhost:${peer.port}`);
});

test("a name that cannot be looked up, or only slowly, is a failure", async () => {
  const url = "https://provider.example/";
  expect(await resolving([]).send({ url })).toEqual(failure("unresolved"));
  const broken = createOutgoing({
    mayUseLoopback: true,
    resolve: () => Promise.reject(new Error("ENOTFOUND")),
  });
  expect(await broken.send({ url })).toEqual(failure("unresolved"));
  const slow = createOutgoing({
    mayUseLoopback: true,
    timeoutMs: 50,
    resolve: () => new Promise(() => undefined),
  });
  expect(await slow.send({ url })).toEqual(failure("timeout"));
});

test("where one address refuses the connection the next is tried, and a form is sent once", async () => {
  const form = new URLSearchParams({ code: "once" });
  const url = urlOf("/next", "localhost");
  // Nothing listens on the first.
  const sent = await resolving(["127.0.0.2", "127.0.0.1"]).send({ url, form });
  expect(sent.ok).toBe(true);
  expect(peer.seen.filter(({ path }) => path === "/next").length).toBe(1);
  expect(await resolving(["127.0.0.2"]).send({ url, form })).toEqual(failure("unreachable"));
});

test("what has been connected to is not asked again, though it answers nothing of use", async () => {
  let connections = 0;
  const speak = (text: string) =>
    listen(
      createServer((socket) => {
        connections += 1;
        socket.on("error", () => undefined);
        socket.once("data", () => socket.end(text));
      }),
    );
  for (const text of ["", "SSH-2.0-OpenSSH\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"]) {
    const { port, close } = await speak(text);
    const url = `http://localhost:${port}/`;
    const before = connections;
    const sent = await resolving(["127.0.0.1", "127.0.0.1"]).send({ url });
    expect(sent.ok).toBe(false);
    expect(connections - before).toBe(1);
    close();
  }
});

test("headers without end are refused, and cost little", async () => {
  const line = `X-Padding: ${"a".repeat(1_000)}\r\n`.repeat(64);
  const { port, close } = await listen(
    createServer((socket) => {
      socket.on("error", () => undefined);
      socket.write("HTTP/1.1 200 OK\r\n");
      const more = () => {
        while (!socket.destroyed && socket.write(line));
      };
      socket.on("drain", more);
      more();
    }),
  );
  const before = process.memoryUsage.rss();
  expect((await resolving([]).send({ url: `http://127.0.0.1:${port}/` })).ok).toBe(false);
  expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
  close();
});

test("a header that would hold another is refused (header injection)", async () => {
  const headers = { Authorization: "Bearer a\r\nX-Injected: yes" };
  expect((await here.send({ url: urlOf("/injected"), headers })).ok).toBe(false);
  expect(peer.seen.some(({ path }) => path === "/injected")).toBe(false);
});

test("one host is called so often at once and no more; all are answered in the end", async () => {
  peer.most = 0;
  const calls = Array.from({ length: 40 }, () => here.send({ url: urlOf("/slow") }));
  const answers = await Promise.all(calls);
  expect(answers.every(({ ok }) => ok)).toBe(true);
  expect(peer.most).toBeGreaterThan(1);
  expect(peer.most).toBeLessThanOrEqual(CALLS_PER_HOST);
});

async function listen(given: Server): Promise<{ readonly port: number; close(): void }> {
  await new Promise<void>((resolve) => given.listen(0, "127.0.0.1", resolve));
  const address = given.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  return { port, close: () => void given.close() };
}
