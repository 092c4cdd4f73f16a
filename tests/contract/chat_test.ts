import { afterAll, beforeAll, expect, test } from "bun:test";
import { enter, join, startConversation, tokensOf } from "../support/chat_room.ts";
import { type Account, type Deployment, openDeployment } from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";

let deployment: Deployment;
let ada: Account;
let bob: Account;
let conversation: string;

beforeAll(async () => {
  deployment = await openDeployment();
  [ada, bob] = await Promise.all([deployment.newAccount(), deployment.newAccount()]);
  conversation = await startConversation(ada, [bob]);
});

afterAll(async () => {
  await deployment.close();
});

test("ready is the first frame, and says who, where and until when", async () => {
  await using socket = await join(deployment, conversation, { browser: ada.browser });
  expect(socket.frames[0]).toEqual({
    type: "ready",
    conversation,
    user: { id: ada.id, username: ada.username },
    seq: expect.any(Number),
    expires_at: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
  });
});

test("a message is acknowledged, reaches every member and stands in the history", async () => {
  await using here = await join(deployment, conversation, { browser: ada.browser });
  await using there = await join(deployment, conversation, { browser: bob.browser });
  const id = crypto.randomUUID();
  const text = "  <b>é</b> \u0000\u{1f600}\n";
  here.send({ type: "message", id, text });
  const ack = await here.until(({ type }) => type === "ack");
  const user = { id: ada.id, username: ada.username };
  const message = { seq: ack["seq"], id, user, text, at: expect.any(String) };
  for (const socket of [here, there]) {
    expect(await socket.until(({ type }) => type === "message")).toEqual({
      type: "message",
      ...message,
    } as never);
  }
  there.send({ type: "history" });
  const history = await there.until(({ type }) => type === "history");
  expect((history["messages"] as unknown[]).at(-1)).toEqual(message);
});

test("the same id twice is stored once, and acknowledged again with the same number", async () => {
  await using socket = await join(deployment, conversation, { browser: ada.browser });
  const id = crypto.randomUUID();
  for (let time = 0; time < 3; time += 1) socket.send({ type: "message", id, text: "once" });
  socket.send({ type: "message", id: crypto.randomUUID(), text: "last" });
  await socket.until(({ type, text }) => type === "message" && text === "last");
  await socket.until(({ type, id: of }) => type === "ack" && of !== id);
  const acks = socket.frames.filter((frame) => frame.type === "ack" && frame["id"] === id);
  expect(acks).toHaveLength(3);
  expect(new Set(acks.map(({ seq }) => seq)).size).toBe(1);
  expect(
    socket.frames.filter(({ type, text }) => type === "message" && text === "once"),
  ).toHaveLength(1);
});

test("history goes forward and backward, ascending always, and says whether there is more", async () => {
  const other = await startConversation(ada);
  await using socket = await join(deployment, other, { browser: ada.browser });
  for (let each = 1; each <= 7; each += 1) {
    socket.send({ type: "message", id: crypto.randomUUID(), text: String(each) });
  }
  await socket.until(({ type, seq }) => type === "ack" && seq === 7);
  const cases = [
    [{ limit: 3 }, [5, 6, 7], true],
    [{ before: 3 }, [1, 2], false],
    [{ before: 6, limit: 2 }, [4, 5], true],
    [{ after: 0, limit: 2 }, [1, 2], true],
    [{ after: 5 }, [6, 7], false],
    [{ after: 7 }, [], false],
    [{ limit: 1_000_000 }, [1, 2, 3, 4, 5, 6, 7], false],
  ] as const;
  for (const [index, [asked, seqs, more]] of cases.entries()) {
    socket.send({ type: "history", ...asked });
    await socket.until(() => socket.frames.filter(({ type }) => type === "history").length > index);
    const frame = socket.frames.filter(({ type }) => type === "history")[index];
    expect(frame).toMatchObject({ messages: seqs.map((seq) => ({ seq })), more });
  }
});

test("typing and presence reach the others, and ping is answered", async () => {
  await using here = await join(deployment, conversation, { browser: ada.browser });
  const there = await join(deployment, conversation, { browser: bob.browser });
  const user = { id: bob.id, username: bob.username };
  await here.until(({ type, state }) => type === "presence" && state === "online");
  there.send({ type: "typing" });
  expect(await here.until(({ type }) => type === "typing")).toEqual({ type: "typing", user });
  there.send({ type: "ping" });
  await there.until(({ type }) => type === "pong");
  await there[Symbol.asyncDispose]();
  const left = await here.until(({ type, state }) => type === "presence" && state === "offline");
  expect(left).toEqual({ type: "presence", user, state: "offline" });
});

test("whoever takes another name while connected speaks under it, in all frames (impersonation)", async () => {
  const eve = await deployment.newAccount();
  const room = await startConversation(eve, [bob]);
  await using here = await join(deployment, room, { browser: eve.browser });
  await using there = await join(deployment, room, { browser: bob.browser });
  const username = `renamed.${eve.id}`;
  const renamed = await eve.browser.request("PATCH", "/api/v1/auth/me", { body: { username } });
  expect(renamed.status).toBe(200);
  const user = { id: eve.id, username };
  await eventually("typing is told under the name", async () => {
    here.send({ type: "typing" });
    await Bun.sleep(200);
    const told = there.frames.filter(({ type }) => type === "typing").at(-1);
    return (told?.["user"] as { username: string } | undefined)?.username === username;
  });
  here.send({ type: "message", id: crypto.randomUUID(), text: "It is me" });
  expect(await there.until(({ type }) => type === "message")).toMatchObject({ user });
});

test("a ticket, or a token in the address, opens without cookies", async () => {
  const ticket = await bob.browser.post("/api/v1/auth/ws-ticket");
  expect(ticket.json).toEqual({ ticket: expect.any(String), expires_in: 60 });
  const { access_token: token } = await tokensOf(deployment, bob);
  const secret = (ticket.json as { ticket: string }).ticket;
  await using byTicket = await join(deployment, conversation, { query: `?ticket=${secret}` });
  await using byToken = await join(deployment, conversation, {
    query: `?token=${token}`,
    origin: null,
  });
  expect(byTicket.frames[0]?.["user"]).toEqual(byToken.frames[0]?.["user"]);
});

test("a token of the same session renews, and the frame says until when", async () => {
  const { access_token: token, refresh_token } = await tokensOf(deployment, ada);
  await using socket = await join(deployment, conversation, { query: `?token=${token}` });
  const pair = await deployment.visitor().post("/api/v1/auth/refresh", { refresh_token });
  const { access_token } = pair.json as { access_token: string };
  socket.send({ type: "auth", token: access_token });
  const renewed = await socket.until(({ type }) => type === "renewed");
  expect(Date.parse(String(renewed["expires_at"]))).toBeGreaterThan(Date.now());
});

test("bad fields are answered, and the connection stays open", async () => {
  await using socket = await join(deployment, conversation, { browser: ada.browser });
  socket.send({ type: "message", id: "1", text: "x" });
  const error = await socket.until(({ type }) => type === "error");
  expect(error).toMatchObject({ code: "invalid_frame", detail: expect.any(String) });
  socket.send({ type: "ping" });
  await socket.until(({ type }) => type === "pong");
});

test("a server that stops closes with 1012, and after it everything acknowledged is there", async () => {
  const own = await openDeployment();
  try {
    const eve = await own.newAccount();
    const room = await startConversation(eve);
    const socket = await join(own, room, { browser: eve.browser });
    socket.send({ type: "message", id: crypto.randomUUID(), text: "kept" });
    await socket.until(({ type }) => type === "ack");
    await own.restart();
    expect(await socket.closed).toBe(1012);
    const { access_token: token } = await tokensOf(own, eve);
    await using again = enter(own, room, { query: `?token=${token}` });
    expect(await again.until(({ type }) => type === "ready")).toMatchObject({ seq: 1 });
  } finally {
    await own.close();
  }
});
