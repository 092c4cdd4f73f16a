/**
 * Addresses that are kept out, as they and others see it: blocked by another process on the same
 * database, in force while the server runs.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { blockAddress, type OperatorActor, unblockAddress } from "@postern/auth";
import { type Core, openCore } from "@postern/server/compose.ts";
import { readConfig } from "@postern/server/config.ts";
import { after, seconds } from "@postern/std";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";

const OPERATOR: OperatorActor = {
  type: "operator",
  username: "root",
  requestId: "test",
  ip: null,
  userAgent: null,
};

const PROVIDERS = "/api/v1/auth/providers";

/** Longest that a change may take to arrive, milliseconds. The contract gives a second; a busy machine may need more. */
const DEADLINE_MS = 60_000;

let deployment: Deployment;
let core: Core;

beforeAll(async () => {
  deployment = await openDeployment();
  const file = join(deployment.folder, "data/postern.db");
  const config = readConfig({ DATABASE_URL: `file:${file}` });
  if (!config.ok) throw new Error(config.error.join("\n"));
  const opened = await openCore(config.value);
  if (!opened.ok) throw new Error(opened.error.message);
  core = opened.value;
});

afterAll(async () => {
  await core.close();
  await deployment.close();
});

async function statusOf(address: string): Promise<number> {
  return (await deployment.visitor({ address }).get(PROVIDERS)).status;
}

/** Tells whether a caller gets this status before the time is over. */
async function gets(address: string, status: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while ((await statusOf(address)) !== status) {
    if (Date.now() > deadline) return false;
    await Bun.sleep(50);
  }
  return true;
}

async function until(address: string, status: number): Promise<void> {
  if (!(await gets(address, status, DEADLINE_MS))) throw new Error(`${address}: never ${status}`);
}

async function block(cidr: string, forMs: number | null = null): Promise<void> {
  const end = forMs === null ? null : after(core.clock.now(), forMs);
  const done = await blockAddress(core, OPERATOR, { cidr, reason: "test", until: end });
  if (!done.ok) throw new Error(done.error.code);
}

/** Answers in the form of what asks there. */
const ADMIN = "/admin/trpc/users.list";

test("a blocked address gets 403 everywhere, with every header, and nobody else does", async () => {
  const address = "203.0.113.7";
  const visitor = deployment.visitor({ address });
  expect(await statusOf(address)).toBe(200);
  await block(address);
  await until(address, 403);
  const paths = ["/", "/login", "/nothing", "/healthz", "/metrics", "/.well-known/jwks.json"];
  for (const path of [PROVIDERS, ADMIN, "/ws/chat/x", ...paths]) {
    const answer = await visitor.get(path);
    if (path === ADMIN) expect(answer.json).toMatchObject({ error: { data: { code: "blocked" } } });
    else expectProblem(answer, "blocked");
    expect(answer.status).toBe(403);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("x-request-id")).not.toBeNull();
  }
  const body = { identifier: "x", password: "y" };
  expectProblem(await visitor.post("/api/v1/auth/token", body), "blocked");
  expect(await statusOf("203.0.113.8")).toBe(200);
  const lifted = await unblockAddress(core, OPERATOR, { cidr: "203.0.113.7/32" });
  expect(lifted.ok).toBe(true);
  await until(address, 200);
});

test("an IPv4-mapped IPv6 spelling of a blocked address is blocked too (block evasion)", async () => {
  await block("198.51.100.0/24");
  await until("198.51.100.1", 403);
  expect(await statusOf("::ffff:198.51.100.2")).toBe(403);
  expect(await statusOf("::ffff:c633:6403")).toBe(403);
  expect(await statusOf("::ffff:198.51.101.2")).toBe(200);
});

test("an IPv6 address alone stands for its /64 (block evasion)", async () => {
  await block("2001:db8:9:1::5");
  await until("2001:db8:9:1::5", 403);
  expect(await statusOf("2001:db8:9:1:ffff::6")).toBe(403);
  expect(await statusOf("2001:db8:9:2::5")).toBe(200);
});

test("what a blocked caller writes into X-Forwarded-For helps nothing (block evasion)", async () => {
  const address = "203.0.113.99";
  await block(address);
  await until(address, 403);
  const headers = { "X-Forwarded-For": `192.0.2.77, ${address}` };
  expect((await deployment.visitor({ headers }).get(PROVIDERS)).status).toBe(403);
});

test("a block ends by the clock, without a change that tells of it", async () => {
  const address = "203.0.113.50";
  // A busy machine may see nothing of a short one.
  let isSeen = false;
  for (const forMs of [seconds(2), seconds(15)]) {
    await block(address, forMs);
    isSeen = await gets(address, 403, forMs);
    if (isSeen) break;
  }
  expect(isSeen).toBe(true);
  await until(address, 200);
}, 180_000);

test("a block stands after a start", async () => {
  const address = "203.0.113.60";
  await block(address);
  await until(address, 403);
  await deployment.restart();
  expect(await statusOf(address)).toBe(403);
  expect(await statusOf("203.0.113.61")).toBe(200);
});
