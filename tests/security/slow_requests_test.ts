import { afterAll, beforeAll, expect, test } from "bun:test";
import { connect, type Socket } from "node:net";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { requestHead } from "../support/raw_http.ts";
import { AUTH } from "./_acts.ts";
import { medianOf } from "./_timing.ts";

let deployment: Deployment;
let calls: readonly SlowCall[];

/** Longest that a caller who does not go on may hold a connection: the server's 30 s, and some leeway. */
const LET_GO_MS = 45_000;

/** How long a caller who drips waits before each drop. */
const DRIP_MS = 2_000;

/** A caller who begins and does not go on. */
interface SlowCall {
  readonly what: string;
  readonly socket: Socket;
  /** Milliseconds until the server let go of it. */
  readonly over: Promise<number>;
}

beforeAll(async () => {
  deployment = await openDeployment();
  const host = `Host: ${new URL(deployment.server.url).host}`;
  const head = (...more: string[]) =>
    requestHead(`POST ${AUTH}/token HTTP/1.1`, host, "Content-Type: application/json", ...more);
  const open = `GET /healthz HTTP/1.1\r\n${host}\r\n`;
  calls = [
    begin("says nothing", ""),
    begin("stops in the head", open),
    begin("drips headers", open, "X-A: b\r\n"),
    begin("stops before the body", head("Content-Length: 100")),
    begin("stops in the body", `${head("Content-Length: 100")}{"a":`),
    begin("drips the body", `${head("Content-Length: 100")}{`, " "),
    begin("stops in a chunk", `${head("Transfer-Encoding: chunked")}5\r\nab`),
    begin("drips chunks", head("Transfer-Encoding: chunked"), "1\r\n \r\n"),
  ];
});

afterAll(async () => {
  for (const { socket } of calls) socket.destroy();
  await deployment.close();
});

function begin(what: string, first: string, drop?: string): SlowCall {
  const { hostname, port } = new URL(deployment.server.url);
  const startedAt = performance.now();
  const socket = connect(Number(port), hostname, () => socket.write(first));
  const timer = drop === undefined ? undefined : setInterval(() => socket.write(drop), DRIP_MS);
  const over = new Promise<number>((resolve) => {
    socket.on("error", () => undefined);
    socket.on("data", () => undefined);
    socket.on("close", () => {
      clearInterval(timer);
      resolve(performance.now() - startedAt);
    });
  });
  return { what, socket, over };
}

test("300 callers who stop in the middle hold up nobody else (slow requests)", async () => {
  const host = `Host: ${new URL(deployment.server.url).host}`;
  const head = requestHead(
    `POST ${AUTH}/token HTTP/1.1`,
    host,
    "Content-Type: application/json",
    "Content-Length: 60000",
  );
  const stalled = Array.from({ length: 300 }, () =>
    begin("stalls", `${head}${" ".repeat(30_000)}`),
  );
  await Bun.sleep(300);
  const account = await deployment.newAccount();
  const waits: number[] = [];
  for (let count = 0; count < 20; count += 1) {
    const started = performance.now();
    expect((await account.browser.get(`${AUTH}/me`)).status).toBe(200);
    waits.push(performance.now() - started);
  }
  // A machine that stalls now and then holds up a few of them by itself.
  expect(medianOf(waits)).toBeLessThan(3_000);
  expect((await deployment.visitor().get("/readyz")).status).toBe(200);
  for (const { socket } of stalled) socket.destroy();
});

test.concurrent("whoever does not go on is let go of, drop by drop or at once (slow requests)", async () => {
  const late = Bun.sleep(LET_GO_MS).then(() => "held on");
  for (const { what, over } of calls) {
    const ended = await Promise.race([over.then(() => "let go"), late]);
    expect({ what, ended }).toEqual({ what, ended: "let go" });
  }
});

test.concurrent("a stop does not wait for those who do not go on (slow requests)", async () => {
  const stopping = await openDeployment();
  const { hostname, port } = new URL(stopping.server.url);
  const head = requestHead(
    `POST ${AUTH}/token HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    "Content-Type: application/json",
    "Content-Length: 100",
  );
  const sockets = Array.from({ length: 5 }, () => {
    const socket = connect(Number(port), hostname, () => socket.write(`${head}{`));
    socket.on("error", () => undefined);
    return socket;
  });
  await Bun.sleep(300);
  const started = performance.now();
  await stopping.close();
  // Ten seconds are promised, which start_stop_test holds it to; those who hold on would take half a minute.
  expect(performance.now() - started).toBeLessThan(25_000);
  for (const socket of sockets) socket.destroy();
});
