/**
 * Who gets in to a conversation, and what ends a connection: each close code, from outside.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import { enter, join, startConversation, tokensOf } from "../support/chat_room.ts";
import {
  type Account,
  type Deployment,
  freshAddress,
  openDeployment,
} from "../support/deployment.ts";

let deployment: Deployment;
let ada: Account;
let eve: Account;
let conversation: string;

beforeAll(async () => {
  deployment = await openDeployment();
  [ada, eve] = await Promise.all([deployment.newAccount(), deployment.newAccount()]);
  conversation = await startConversation(ada);
});

afterAll(async () => {
  await deployment.close();
});

async function ticketOf(account: Account): Promise<string> {
  const answer = await account.browser.post("/api/v1/auth/ws-ticket");
  return (answer.json as { ticket: string }).ticket;
}

test("no credential, or a bad one, is 4001, and it is said", async () => {
  const { refresh_token } = await tokensOf(deployment, ada);
  for (const query of [
    "",
    "?token=x",
    `?token=${refresh_token}`,
    "?ticket=x",
    "?token=",
    "?ticket=",
  ]) {
    const socket = enter(deployment, conversation, { query });
    expect(await socket.closed).toBe(4001);
    expect(socket.frames).toEqual([]);
  }
});

test("a bad credential is refused, though the next one is good (fallthrough)", async () => {
  const { access_token } = await tokensOf(deployment, ada);
  const query = `?ticket=x&token=${access_token}`;
  expect(await enter(deployment, conversation, { query }).closed).toBe(4001);
  const forged = deployment.visitor();
  forged.jar.keep("access_token=x; Path=/");
  const behind = enter(deployment, conversation, {
    browser: forged,
    query: `?token=${access_token}`,
  });
  expect(await behind.closed).toBe(4001);
});

test("a session cookie alone opens nothing", async () => {
  const browser = deployment.visitor();
  browser.jar.keep(`sessionid=${ada.browser.jar.find("sessionid")}; Path=/`);
  expect(await enter(deployment, conversation, { browser }).closed).toBe(4001);
});

test("an Origin that is not allowed is 4003, whatever is shown (cross-site hijacking)", async () => {
  const { access_token } = await tokensOf(deployment, ada);
  const { publicUrl } = deployment.server;
  const foreign = [
    "https://evil.example",
    "null",
    `${publicUrl}.evil.example`,
    publicUrl.toUpperCase(),
  ];
  for (const origin of foreign) {
    const { browser } = ada;
    expect(await enter(deployment, conversation, { browser, origin }).closed).toBe(4003);
    const query = `?token=${access_token}`;
    expect(await enter(deployment, conversation, { query, origin }).closed).toBe(4003);
  }
});

test("a cookie without an Origin is 4003, though a good token is beside it", async () => {
  const { access_token } = await tokensOf(deployment, ada);
  const entry = { browser: ada.browser, origin: null, query: `?token=${access_token}` };
  expect(await enter(deployment, conversation, entry).closed).toBe(4003);
});

test("whoever is no member is told the same as where there is no such conversation (probing)", async () => {
  for (const id of [conversation, crypto.randomUUID(), "x", "x".repeat(2_000)]) {
    const socket = enter(deployment, id, { browser: eve.browser });
    expect(await socket.closed).toBe(4003);
    expect(socket.frames).toEqual([]);
  }
});

test("a ticket opens once, and only from the Origin that asked for it (theft of a ticket)", async () => {
  const ticket = await ticketOf(ada);
  await using _ = await join(deployment, conversation, { query: `?ticket=${ticket}` });
  expect(await enter(deployment, conversation, { query: `?ticket=${ticket}` }).closed).toBe(4001);
  for (const origin of ["http://localhost:3000", null]) {
    const query = `?ticket=${await ticketOf(ada)}`;
    expect(await enter(deployment, conversation, { query, origin }).closed).toBe(4001);
    // Shown from elsewhere it is spent.
    expect(await enter(deployment, conversation, { query }).closed).toBe(4001);
  }
});

test("of many who show one ticket at once, one gets in (race)", async () => {
  const query = `?ticket=${await ticketOf(ada)}`;
  const sockets = Array.from({ length: 8 }, () => enter(deployment, conversation, { query }));
  const outcomes = await Promise.all(
    sockets.map((socket) =>
      Promise.race([socket.closed, socket.until(({ type }) => type === "ready").catch(() => 0)]),
    ),
  );
  expect(outcomes.filter((outcome) => typeof outcome === "object")).toHaveLength(1);
  for (const socket of sockets) await socket[Symbol.asyncDispose]();
});

test("a ticket dies with its session", async () => {
  const browser = await deployment.signIn(ada);
  const answer = await browser.post("/api/v1/auth/ws-ticket");
  const { ticket } = answer.json as { ticket: string };
  await browser.post("/api/v1/auth/logout");
  expect(await enter(deployment, conversation, { query: `?ticket=${ticket}` }).closed).toBe(4001);
});

test("a token of another user, or of another session, renews nothing: 4001", async () => {
  for (const account of [eve, ada]) {
    const { access_token: token } = await tokensOf(deployment, account);
    const socket = await join(deployment, conversation, { browser: ada.browser });
    socket.send({ type: "auth", token });
    expect(await socket.closed).toBe(4001);
  }
});

test.each([
  ["bytes", new Uint8Array([123, 125])],
  ["no JSON", "{"],
  ["no object", "[]"],
  ["null", "null"],
  ["no type", "{}"],
  ["an unknown type", '{"type":"admin"}'],
  ["a name of Object.prototype", '{"type":"constructor"}'],
  ["a type that is no text", '{"type":["ping"]}'],
  ["nothing", ""],
] as const)("a frame that is %s is 4010", async (_, data) => {
  const socket = await join(deployment, conversation, { browser: ada.browser });
  socket.sendRaw(typeof data === "string" ? data : new Uint8Array(data));
  expect(await socket.closed).toBe(4010);
});

test("a frame over 16 KiB is 4009, and one of just that is not", async () => {
  const frame = (bytes: number) => {
    const start = '{"type":"ping","x":"';
    return `${start}${"x".repeat(bytes - start.length - 2)}"}`;
  };
  const socket = await join(deployment, conversation, { browser: ada.browser });
  socket.sendRaw(frame(16_384));
  await socket.until(({ type }) => type === "pong");
  socket.sendRaw(frame(16_385));
  expect(await socket.closed).toBe(4009);
});

test("text that is empty, too long or no Unicode is refused, and not stored", async () => {
  const room = await startConversation(ada);
  await using socket = await join(deployment, room, { browser: ada.browser });
  const id = crypto.randomUUID();
  for (const text of ['""', `"${"x".repeat(4_001)}"`, '"\\ud800"', "1", "null"]) {
    socket.sendRaw(`{"type":"message","id":"${id}","text":${text}}`);
  }
  socket.send({ type: "message", id, text: "good" });
  expect(await socket.until(({ type }) => type === "ack")).toEqual({ type: "ack", id, seq: 1 });
  expect(socket.frames.filter(({ type }) => type === "error")).toHaveLength(5);
});

test("more than 20 messages in 10 s is 4008, and those before are stored (flooding)", async () => {
  const room = await startConversation(ada);
  const socket = await join(deployment, room, { browser: ada.browser });
  for (let each = 0; each < 60; each += 1) {
    socket.send({ type: "message", id: crypto.randomUUID(), text: "flood" });
  }
  expect(await socket.closed).toBe(4008);
  await using again = await join(deployment, room, { browser: ada.browser });
  expect(Number(again.frames[0]?.["seq"])).toBeGreaterThanOrEqual(20);
  expect(Number(again.frames[0]?.["seq"])).toBeLessThan(40);
});

test("other frames are limited, too (flooding by pings)", async () => {
  const socket = await join(deployment, conversation, { browser: ada.browser });
  for (let each = 0; each < 1_000; each += 1) socket.send({ type: "ping" });
  expect(await socket.closed).toBe(4008);
});

test("over the upgrade limit of an address the upgrade itself is 429", async () => {
  const address = freshAddress();
  const headers = {
    "X-Forwarded-For": address,
    Upgrade: "websocket",
    Connection: "Upgrade",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
  };
  const statuses: number[] = [];
  for (let each = 0; each < 61; each += 1) {
    const socket = enter(deployment, conversation, { address });
    statuses.push(await socket.closed);
  }
  expect(statuses.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 4001));
  const refused = await fetch(`${deployment.server.url}/ws/chat/${conversation}`, { headers });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(refused.headers.get("x-content-type-options")).toBe("nosniff");
});

test("a socket is opened for no other host, and nowhere else (rebinding)", async () => {
  const other = await fetch(`${deployment.server.url}/ws/chat/${conversation}`, {
    headers: { Host: "evil.example", Upgrade: "websocket", Connection: "Upgrade" },
  });
  expect(other.status).toBe(421);
  const plain = await deployment.visitor().get(`/ws/chat/${conversation}`);
  expect(plain.status).toBe(404);
});

test("no log line holds a token or a ticket of an address (leak by logging)", async () => {
  const own = await openDeployment({ env: { LOG_LEVEL: "debug" } });
  try {
    const account = await own.newAccount();
    const room = await startConversation(account);
    const answer = await account.browser.post("/api/v1/auth/ws-ticket");
    const { ticket } = answer.json as { ticket: string };
    const { access_token: token } = await tokensOf(own, account);
    for (const query of [`?ticket=${ticket}`, `?token=${token}`]) {
      await using _ = await join(own, room, { query });
    }
    const log = JSON.stringify(own.server.logs());
    expect(log).toContain("/ws/chat/:conversation");
    expect(log).not.toContain(ticket);
    expect(log).not.toContain(token.split(".")[2] ?? token);
  } finally {
    await own.close();
  }
});
