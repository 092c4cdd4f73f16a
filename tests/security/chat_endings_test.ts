/**
 * What ends a connection while it is open: exactly the right ones, and nothing of theirs is stored
 * afterwards.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import { enter, join, startConversation, tokensOf } from "../support/chat_room.ts";
import type { ChatSocket } from "../support/chat_socket.ts";
import {
  type Account,
  type Deployment,
  GOOD_PASSWORD,
  openDeployment,
} from "../support/deployment.ts";
import { untilKeysLearnt } from "../support/keys_learnt.ts";

let deployment: Deployment;
let ada: Account;

beforeAll(async () => {
  deployment = await openDeployment();
  ada = await deployment.newAccount();
});

afterAll(async () => {
  await deployment.close();
});

/** Answers, so it is open. */
async function expectOpen(socket: ChatSocket): Promise<void> {
  const before = socket.frames.length;
  socket.send({ type: "ping" });
  await socket.until((frame) => frame.type === "pong" && socket.frames.indexOf(frame) >= before);
}

test("a session that ends closes its connections and no others: 4001", async () => {
  const room = await startConversation(ada);
  const other = await deployment.signIn(ada);
  const mine = await join(deployment, room, { browser: ada.browser });
  const theirs = await join(deployment, room, { browser: other });
  await other.post("/api/v1/auth/logout");
  expect(await theirs.closed).toBe(4001);
  await expectOpen(mine);
  await mine[Symbol.asyncDispose]();
});

test("refreshing, ten times over, disturbs no connection", async () => {
  const room = await startConversation(ada);
  const browser = await deployment.signIn(ada);
  await using socket = await join(deployment, room, { browser });
  for (let time = 0; time < 10; time += 1) {
    expect((await browser.post("/api/v1/auth/refresh")).status).toBe(200);
  }
  await expectOpen(socket);
});

test("a changed password closes the connections of every other session", async () => {
  const eve = await deployment.newAccount();
  const room = await startConversation(eve);
  const other = await deployment.signIn(eve);
  await using here = await join(deployment, room, { browser: eve.browser });
  const there = await join(deployment, room, { browser: other });
  const body = { current_password: GOOD_PASSWORD, new_password: "another-horse-staple-7" };
  expect((await eve.browser.post("/api/v1/auth/password/change", body)).status).toBe(200);
  expect(await there.closed).toBe(4001);
  await expectOpen(here);
});

test("a user who is blocked by the operator's command is out, and cannot come back", async () => {
  const eve = await deployment.newAccount();
  const room = await startConversation(eve);
  const { access_token } = await tokensOf(deployment, eve);
  const sockets = [
    await join(deployment, room, { browser: eve.browser }),
    await join(deployment, room, { query: `?token=${access_token}` }),
  ];
  await deployment.admin("users", "block", eve.username);
  for (const socket of sockets) expect(await socket.closed).toBe(4001);
  expect(await enter(deployment, room, { query: `?token=${access_token}` }).closed).toBe(4001);
});

test("a member who is removed is out of that conversation alone: 4003", async () => {
  const bob = await deployment.newAccount();
  const [room, other] = [await startConversation(ada, [bob]), await startConversation(ada, [bob])];
  const out = await join(deployment, room, { browser: bob.browser });
  await using kept = await join(deployment, other, { browser: bob.browser });
  await using maker = await join(deployment, room, { browser: ada.browser });
  const path = `/api/v1/conversations/${room}/members/${bob.id}`;
  expect((await ada.browser.request("DELETE", path)).status).toBe(204);
  expect(await out.closed).toBe(4003);
  await expectOpen(kept);
  await expectOpen(maker);
  expect(await enter(deployment, room, { browser: bob.browser }).closed).toBe(4003);
});

test("a key that is dropped for compromise closes what it signed", async () => {
  const own = await openDeployment();
  try {
    const eve = await own.newAccount();
    const room = await startConversation(eve);
    const socket = await join(own, room, { browser: eve.browser });
    await own.admin("rotate", "signing", "--compromise");
    expect(await socket.closed).toBe(4001);
  } finally {
    await own.close();
  }
});

test("a key that is rotated closes nothing", async () => {
  const own = await openDeployment();
  try {
    const eve = await own.newAccount();
    const room = await startConversation(eve);
    await using socket = await join(own, room, { browser: eve.browser });
    const since = Date.now();
    await own.admin("rotate", "signing");
    await untilKeysLearnt(own, since);
    await expectOpen(socket);
  } finally {
    await own.close();
  }
});

test("of many connections exactly those of the ended session close", async () => {
  const room = await startConversation(ada);
  const browsers = [ada.browser, await deployment.signIn(ada)];
  const sockets = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      join(deployment, room, { browser: browsers[index % 2] ?? ada.browser }),
    ),
  );
  await browsers[1]?.post("/api/v1/auth/logout");
  const [kept, ended] = [0, 1].map((rest) => sockets.filter((_, index) => index % 2 === rest));
  expect(await Promise.all((ended ?? []).map(({ closed }) => closed))).toEqual(
    Array.from({ length: 30 }, () => 4001),
  );
  for (const socket of kept ?? []) {
    await expectOpen(socket);
    await socket[Symbol.asyncDispose]();
  }
});

test("nothing that is sent after the session has ended is stored (race of sending and ending)", async () => {
  const room = await startConversation(ada);
  for (let round = 0; round < 5; round += 1) {
    const browser = await deployment.signIn(ada);
    const socket = await join(deployment, room, { browser });
    const ending = browser.post("/api/v1/auth/logout");
    for (let each = 0; each < 10; each += 1) {
      socket.send({ type: "message", id: crypto.randomUUID(), text: `before ${round}` });
    }
    await ending;
    const late = crypto.randomUUID();
    try {
      socket.send({ type: "message", id: late, text: "late" });
    } catch {
      // The client knows already that it is closed.
    }
    expect(await socket.closed).toBe(4001);
    expect(deployment.sql("SELECT 1 FROM messages WHERE client_id = ?", late)).toEqual([]);
  }
});

test("an ending in one process closes connections in another on the same database", async () => {
  const { startServer } = await import("../support/server_process.ts");
  const env = { TRUSTED_PROXIES: "127.0.0.1/32", PUBLIC_URL: deployment.server.publicUrl };
  const second = await startServer({ folder: deployment.folder, env });
  try {
    const room = await startConversation(ada);
    const browser = await deployment.signIn(ada);
    const socket = await join({ ...deployment, server: second }, room, { browser });
    await browser.post("/api/v1/auth/logout");
    expect(await socket.closed).toBe(4001);
  } finally {
    await second.stop();
  }
});
