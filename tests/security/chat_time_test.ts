/**
 * Connections and time: a token that runs out, and a peer that is not there any more.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import { join, startConversation, tokensOf } from "../support/chat_room.ts";
import { type Account, type Deployment, openDeployment } from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";
import { forgeToken } from "../support/forge_token.ts";
import { metric } from "../support/metric_samples.ts";
import { openUnread } from "../support/raw_web_socket.ts";

/** Longer than a connection may be silent, 60 s, on a slow machine. */
const TEST_MAX_MS = 200_000;
const SILENT_S = 60;

/** How long a token has left: under the minute before its end, and long enough to connect on a slow machine. */
const LEFT_MS = 15_000;

let deployment: Deployment;
let ada: Account;
let room: string;

beforeAll(async () => {
  deployment = await openDeployment();
  ada = await deployment.newAccount();
  room = await startConversation(ada);
});

afterAll(async () => {
  await deployment.close();
});

test("a token that runs out unrenewed: expiring first, then 4001, and nothing is taken after that", async () => {
  const { access_token: like } = await tokensOf(deployment, ada);
  const expiresAt = Math.floor(Date.now() / 1_000) * 1_000 + LEFT_MS;
  const token = await forgeToken(deployment, { like, expiresAt });
  const socket = await join(deployment, room, { query: `?token=${token}` });
  const expiring = await socket.until(({ type }) => type === "expiring");
  expect(expiring).toEqual({ type: "expiring", at: new Date(expiresAt).toISOString() });
  expect(await socket.closed).toBe(4001);
  expect(Date.now()).toBeGreaterThanOrEqual(expiresAt);
  expect(socket.frames.filter(({ type }) => type === "expiring")).toHaveLength(1);
  const again = await join(deployment, room, { query: `?token=${like}` });
  expect(again.frames[0]?.["seq"]).toBe(0);
  await again[Symbol.asyncDispose]();
});

test("one that is renewed in time lives past its first end", async () => {
  const { access_token: like } = await tokensOf(deployment, ada);
  const expiresAt = Math.floor(Date.now() / 1_000) * 1_000 + LEFT_MS;
  const token = await forgeToken(deployment, { like, expiresAt });
  await using socket = await join(deployment, room, { query: `?token=${token}` });
  await socket.until(({ type }) => type === "expiring");
  socket.send({ type: "auth", token: like });
  await socket.until(({ type }) => type === "renewed");
  await eventually("its first end is past", () => Date.now() > expiresAt + 1_500);
  socket.send({ type: "ping" });
  await socket.until(({ type }) => type === "pong");
});

test(
  "a peer that answers no ping is cut off after a minute; one that is only idle is not (half-open)",
  async () => {
    const { access_token: token } = await tokensOf(deployment, ada);
    await using idle = await join(deployment, room, { browser: ada.browser });
    const before = await metric(deployment, "postern_sockets");
    const gone = await openUnread(deployment.server.url, `/ws/chat/${room}?token=${token}`);
    gone.on("error", () => undefined);
    const openedAt = performance.now();
    await eventually(
      "it is open",
      async () => (await metric(deployment, "postern_sockets")) === before + 1,
    );
    while (performance.now() - openedAt < (SILENT_S - 15) * 1_000) await Bun.sleep(1_000);
    expect(await metric(deployment, "postern_sockets")).toBe(before + 1);
    await eventually(
      "it is cut off",
      async () => (await metric(deployment, "postern_sockets")) === before,
    );
    idle.send({ type: "ping" });
    await idle.until(({ type }) => type === "pong");
    gone.destroy();
  },
  TEST_MAX_MS,
);
