import { Database } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { chmod, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { createHttpClient } from "../support/http_client.ts";
import {
  complaintsOf,
  findFreePort,
  makeServerFolder,
  runServerToEnd,
  type ServerOptions,
  type ServerProcess,
  startServer,
} from "../support/server_process.ts";

let folder: string;

beforeAll(async () => {
  folder = await makeServerFolder();
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The one line that a failed start writes. Fails unless it is one, and alone. */
async function failedStart(options: ServerOptions): Promise<string> {
  const end = await runServerToEnd(options);
  expect([end.exitCode, end.stdout]).toEqual([1, ""]);
  const lines = complaintsOf(end);
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/^\s+at |node_modules|\.ts:\d+/);
  return lines[0] ?? "";
}

test.concurrent("a start logs one JSON line that says where to connect, and public_url", async () => {
  const server = await startServer();
  const listening = server.logs().filter(({ msg }) => msg === "listening");
  expect(listening).toHaveLength(1);
  expect(listening[0]).toMatchObject({ level: "info", url: server.url });
  const { port } = new URL(server.url);
  expect(Number(port)).toBeGreaterThan(0);
  expect(server.publicUrl).toBe(`http://localhost:${port}`);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect(await server.stop()).toBe(0);
  const lines = server.logs();
  expect(lines.length).toBeGreaterThanOrEqual(2);
  for (const { level } of lines) expect(["debug", "info", "warn", "error"]).toContain(level);
});

test.concurrent("every line on standard output is JSON, also with LOG_LEVEL=debug", async () => {
  const server = await startServer({ env: { LOG_LEVEL: "debug" } });
  await fetch(`${server.url}/api/v1/auth/me?token=canary-token`);
  await server.log(({ msg }) => msg === "request");
  await server.stop();
  for (const line of server.standardOutput().split("\n")) {
    expect(Object.keys(JSON.parse(line) as object)).toEqual(
      expect.arrayContaining(["level", "msg"]),
    );
  }
  expect(server.output()).not.toContain("canary-token");
});

test.concurrent("a second start on the same data finds it: accounts, sessions and tokens live on", async () => {
  const port = String(await findFreePort());
  const env = { PORT: port, SIGNUP: "verify" };
  const first = await startServer({ folder, env, mode: "dev" });
  const client = createHttpClient({ url: first.url, origin: first.publicUrl });
  const body = {
    email: "a@example.com",
    username: "lives-on",
    password: "correct-horse-battery-9",
  };
  await client.post("/api/v1/auth/signup", body);
  const outbox = (await client.get("/dev/outbox.json")).json as { items: { text: string }[] };
  const token = /#token=([\w-]+)/.exec(outbox.items[0]?.text ?? "")?.[1];
  expect((await client.post("/api/v1/auth/verify-email", { token })).status).toBe(200);
  expect(await first.stop()).toBe(0);
  const second = await startServer({ folder, env });
  expect((await client.get("/api/v1/auth/me")).json).toMatchObject({ username: "lives-on" });
  const headers = { Cookie: `sessionid=${client.jar.find("sessionid")}` };
  expect((await client.get("/api/v1/auth/me", { headers })).status).toBe(200);
  expect((await client.post("/api/v1/auth/refresh")).status).toBe(200);
  expect(await second.stop()).toBe(0);
});

/** How many passwords wait, are hashed, or were hashed for a caller who has been answered. */
async function passwordsIn(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const parts = [
    /^postern_passwords_waiting (\d+)$/m,
    /^postern_passwords_running (\d+)$/m,
    /^postern_http_requests_total\{[^}]*auth\/token[^}]*\} (\d+)$/m,
  ];
  return parts.reduce((sum, part) => sum + Number(part.exec(text)?.[1] ?? 0), 0);
}

test("SIGTERM drains: what is under way is answered, nothing new is taken, and the exit is 0", async () => {
  const server = await startServer();
  const body = JSON.stringify({ identifier: "nobody", password: "x" });
  const headers = { "Content-Type": "application/json" };
  const underWay = Array.from({ length: 5 }, () =>
    fetch(`${server.url}/api/v1/auth/token`, { method: "POST", headers, body }),
  );
  // Each has a password that waits or is hashed; until the first is refused, 100 ms at the least go by.
  while ((await passwordsIn(server.url)) < underWay.length) await Bun.sleep(2);
  const begin = performance.now();
  const stopped = server.stop();
  const statuses = await Promise.all(underWay.map(async (answer) => (await answer).status));
  expect(statuses).toEqual([401, 401, 401, 401, 401]);
  expect(await stopped).toBe(0);
  expect(performance.now() - begin).toBeLessThan(10_000);
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
});

/** What is promised, milliseconds. */
const STOPS_WITHIN_MS = 10_000;

/** How often a promise of time may be broken by a machine that has other things to do. */
const TRIES = 3;

/** Stops a server that has something to hold on to, the best of some tries. */
async function expectStops(hold: () => Promise<readonly [ServerProcess, () => void]>) {
  let outcome = "";
  for (let tries = 0; tries < TRIES && outcome !== "0 in time"; tries += 1) {
    const [server, letGo] = await hold();
    const begin = performance.now();
    const exitCode = await server.stop();
    const ms = performance.now() - begin;
    outcome = `${exitCode} ${ms < STOPS_WITHIN_MS ? "in time" : `after ${ms} ms`}`;
    letGo();
  }
  expect(outcome).toBe("0 in time");
}

test.concurrent("SIGTERM stops within 10 s, whoever holds a connection or a body back", async () => {
  await expectStops(holdConnections);
}, 180_000);

async function holdConnections() {
  const server = await startServer();
  const port = Number(new URL(server.url).port);
  const held = [
    "GET /healthz HTTP/1.1\r\nHost: loc",
    "",
    [
      "POST /api/v1/auth/token HTTP/1.1",
      "Host: localhost",
      "Content-Type: application/json",
      "Content-Length: 50",
      "",
      '{"identifier":',
    ].join("\r\n"),
  ].map((text) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("error", () => undefined);
    return socket;
  });
  await Bun.sleep(100);
  return [
    server,
    () => {
      for (const socket of held) socket.destroy();
    },
  ] as const;
}

test.concurrent("SIGTERM stops within 10 s while a body and a mail server stall at once", async () => {
  await expectStops(holdBodyAndMail);
}, 180_000);

async function holdBodyAndMail() {
  const reached = Promise.withResolvers<void>();
  const silent = createServer((socket) => {
    socket.on("error", () => undefined);
    reached.resolve();
  });
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port: smtpPort } = silent.address() as AddressInfo;
  const server = await startServer({ env: { SMTP_URL: `smtp://127.0.0.1:${smtpPort}` } });
  const client = createHttpClient({ url: server.url, origin: server.publicUrl });
  const password = "correct-horse-battery-9";
  await client.post("/api/v1/auth/signup", {
    email: "b@example.com",
    username: "stalls",
    password,
  });
  await reached.promise;
  const head = [
    "POST /api/v1/auth/token HTTP/1.1",
    `Host: ${new URL(server.publicUrl).host}`,
    "Content-Type: application/json",
    "Content-Length: 50",
  ].join("\r\n");
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () =>
    socket.write(`${head}\r\n\r\n{"identifier":`),
  );
  socket.on("error", () => undefined);
  await Bun.sleep(100);
  return [
    server,
    () => {
      socket.destroy();
      silent.close();
    },
  ] as const;
}

test.concurrent("a port that is taken stops the start, with one line that says so", async () => {
  const server = await startServer();
  const { port } = new URL(server.url);
  const line = await failedStart({ env: { PORT: port } });
  expect(line).toContain(`127.0.0.1:${port}`);
  expect(line).toContain("taken");
  await server.stop();
});

test.concurrent("a database that is newer than the code stops the start, with one line that says so", async () => {
  const own = await makeServerFolder();
  const server = await startServer({ folder: own });
  await server.stop();
  const database = new Database(join(own, "data/postern.db"));
  database.run("INSERT INTO migrations (tag, applied_at) VALUES ('9999_from_tomorrow', 0)");
  database.close();
  const line = await failedStart({ folder: own });
  expect(line).toContain("newer than this code");
  await rm(own, { recursive: true });
});

test.concurrent("a database that is locked stops the start, with one line that says so", async () => {
  const own = await makeServerFolder();
  await (await startServer({ folder: own })).stop();
  const database = new Database(join(own, "data/postern.db"));
  database.run("BEGIN EXCLUSIVE");
  const line = await failedStart({ folder: own });
  expect(line).toContain("lock");
  database.run("ROLLBACK");
  database.close();
  await rm(own, { recursive: true });
}, 180_000);

test.concurrent("a file that is no database, or another program's, stops the start", async () => {
  const own = await makeServerFolder();
  const path = join(own, "other.db");
  const env = { DATABASE_URL: "file:./other.db" };
  await Bun.write(path, "no database, just text ".repeat(100));
  expect(await failedStart({ folder: own, env })).toContain("other.db");
  await rm(path);
  const foreign = new Database(path);
  foreign.run("CREATE TABLE songs (id integer)");
  foreign.close();
  expect(await failedStart({ folder: own, env })).toContain("another program");
  await rm(own, { recursive: true });
});

test.concurrent("a root key that others may read, that is damaged, or is another stops the start", async () => {
  const own = await makeServerFolder();
  await (await startServer({ folder: own })).stop();
  const path = join(own, "data/postern.key");
  const key = await Bun.file(path).text();
  await chmod(path, 0o644);
  expect(await failedStart({ folder: own })).toContain("postern.key");
  await chmod(path, 0o600);
  await Bun.write(path, key.slice(0, 20));
  expect(await failedStart({ folder: own })).toContain("postern.key");
  await Bun.write(path, Buffer.alloc(32, 9).toString("base64url"));
  const line = await failedStart({ folder: own });
  expect(line).toMatch(/key/i);
  expect(line).not.toContain(key.trim());
  await Bun.write(path, key);
  await (await startServer({ folder: own })).stop();
  await rm(own, { recursive: true });
}, 180_000);
