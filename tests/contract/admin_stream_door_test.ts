/**
 * Streams of a running server: over the network, with a console's token and its proof.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { type EventStream, readEventStream, type StreamEvent } from "../support/event_stream.ts";
import { openRunningConsole } from "../support/running_console.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

async function find(stream: EventStream, event: string): Promise<StreamEvent> {
  while (true) {
    const found = await stream.next();
    if (found === null) throw new Error(`The stream ended without ${event}`);
    if (found.event === event) return found;
  }
}

function codeOf({ data }: StreamEvent): string {
  return (data as { data: { code: string } }).data.code;
}

test("a stream is sent piece by piece, never stored or packed, and tells that it is alive", async () => {
  const console = await openRunningConsole(deployment);
  const { response, stream } = await console.watch("audit.tail", {
    headers: { "Accept-Encoding": "gzip, br" },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(response.headers.get("cache-control")).toBe("no-store, no-transform");
  expect(response.headers.get("content-encoding")).toBeNull();
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect((await find(stream, "connected")).data).toEqual({ reconnectAfterInactivityMs: 3_000 });
  await find(stream, "message");
  await find(stream, "ping");
  const { username } = await deployment.newAccount();
  const seen: string[] = [];
  while (!seen.includes(username)) {
    const { data } = await find(stream, "message");
    const { items } = data as { items: { action: string; user: { username: string } | null }[] };
    seen.push(...items.flatMap(({ user }) => user?.username ?? []));
  }
  await stream.leave();
});

test("a stream of a stolen token, without its proof, tells nothing", async () => {
  const console = await openRunningConsole(deployment);
  const url = `${deployment.server.url}/admin/trpc/audit.tail?input=%7B%7D`;
  const response = await fetch(url, { headers: { Authorization: `DPoP ${console.token}` } });
  expect(codeOf(await find(readEventStream(response), "serialized-error"))).toBe("invalid_token");
});

test("a stream ends when the operator signs its administrator out, in another process", async () => {
  const console = await openRunningConsole(deployment);
  const { stream } = await console.watch("overview.live");
  await find(stream, "message");
  expect((await deployment.admin("users", "sign-out", console.username)).exitCode).toBe(0);
  expect(codeOf(await find(stream, "serialized-error"))).toBe("session_ended");
  expect(await stream.next()).toBeNull();
});

test("a stream ends when its address is blocked, and another's does not", async () => {
  const console = await openRunningConsole(deployment);
  const away = { headers: { "X-Forwarded-For": "198.51.100.20" } };
  const { stream } = await console.watch("audit.tail", away);
  const { stream: other } = await console.watch("audit.tail");
  await Promise.all([find(stream, "message"), find(other, "message")]);
  const input = { cidr: "198.51.100.0/24" };
  expect((await console.call("POST", "limits.blockAddress", { input })).status).toBe(200);
  expect(codeOf(await find(stream, "serialized-error"))).toBe("blocked");
  expect(await stream.next()).toBeNull();
  await find(other, "message");
  await other.leave();
  const lift = await console.call("POST", "limits.unblockAddress", { input });
  expect(lift.status).toBe(200);
});

test("a server with open streams stops by itself, and tells them to come back", async () => {
  const console = await openRunningConsole(deployment);
  const { stream } = await console.watch("audit.tail");
  await find(stream, "message");
  const restarted = deployment.restart();
  expect(codeOf(await find(stream, "serialized-error"))).toBe("busy");
  await restarted;
  expect(deployment.server.url).toBeString();
});
