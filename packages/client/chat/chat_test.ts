import { afterEach, beforeEach, expect, test } from "bun:test";
import { startTestChatServer, type TestChatServer } from "./_test_chat_server.ts";
import { openChat } from "./chat.ts";
import type { Chat, ChatOptions, ChatState, Timers } from "./chat_types.ts";
import { webSocketDial } from "./dial.ts";
import type { Renewal } from "./entrance.ts";

/** The wait before a ping; only a test lets that pass. */
const SILENCE_MS = 25_000;

/** The shortest wait after too much was sent. */
const HELD_BACK_MS = 10_000;

interface Visit {
  readonly chat: Chat;
  readonly heard: string[];
  readonly states: ChatState[];
  readonly renewals: Renewal[];
  /** Lets the time until a ping pass. */
  fallSilent(): void;
  /** Whether waits are held until `release()`. */
  isPatient: boolean;
  release(): void;
  now: number;
  token: string | undefined;
}

let server: TestChatServer;
let visits: Visit[] = [];

beforeEach(() => {
  server = startTestChatServer();
});

afterEach(async () => {
  for (const visit of visits) visit.chat.close();
  visits = [];
  await server.stop();
});

function visit(after?: number, renewals: Renewal[] = []): Visit {
  const silences = new Set<() => void>();
  const held = new Set<() => void>();
  const timers: Timers = {
    after(waitMs, work) {
      if (waitMs === SILENCE_MS) {
        silences.add(work);
        return () => silences.delete(work);
      }
      if (made.isPatient) {
        held.add(work);
        return () => held.delete(work);
      }
      const timer = setTimeout(work, 1);
      return () => clearTimeout(timer);
    },
  };
  const heard: string[] = [];
  const states: ChatState[] = [];
  const made = {
    heard,
    states,
    renewals,
    now: 0,
    token: undefined as string | undefined,
    fallSilent() {
      for (const work of [...silences]) work();
    },
    isPatient: false,
    release() {
      for (const work of [...held]) work();
    },
  };
  const options: ChatOptions = {
    conversation: "c",
    baseUrl: server.url,
    entrance: {
      query: () => Promise.resolve({ ok: true, value: { ticket: "t" } }),
      renew: () => Promise.resolve(renewals.shift() ?? "unknown"),
      token: () => made.token,
    },
    ears: { message: ({ text }) => heard.push(text), state: (state) => states.push(state) },
    dial: webSocketDial((url) => new WebSocket(url)),
    timers,
    now: () => made.now,
    random: () => 0,
    newId: () => crypto.randomUUID(),
    ...(after === undefined ? {} : { after }),
  };
  const opened: Visit = Object.assign(made, { chat: openChat(options) });
  visits.push(opened);
  return opened;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await Bun.sleep(2);
}

function isOpen(one: Visit): boolean {
  return one.chat.state.name === "open";
}

function texts(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `text ${index + 1}`);
}

test("a chat without `after` hears new messages only, its own too, once each", async () => {
  server.say("old");
  const one = visit();
  await until(() => isOpen(one));
  const { stored } = one.chat.send("mine");
  expect(await stored).toEqual({ ok: true, seq: 2 });
  server.say("theirs");
  await until(() => one.heard.length >= 2);
  expect(one.heard).toEqual(["mine", "theirs"]);
});

test("a chat with `after` catches up on more than one history frame holds, in order", async () => {
  for (const text of texts(450)) server.say(text);
  const one = visit(0);
  await until(() => one.heard.length >= 450);
  expect(one.heard).toEqual(texts(450));
});

test("a restart loses, doubles and disorders nothing, and is told", async () => {
  const one = visit(0);
  await until(() => isOpen(one));
  server.say("text 1");
  await until(() => one.heard.length === 1);
  server.refusal = 1012;
  server.closeAll(1012);
  await until(() => one.states.some((state) => state.name === "reconnecting" && state.attempt > 2));
  server.say("text 2");
  const { stored } = one.chat.send("text 3");
  server.refusal = undefined;
  expect(await stored).toEqual({ ok: true, seq: 3 });
  await until(() => one.heard.length >= 3);
  expect(one.heard).toEqual(texts(3));
});

test("a message whose acknowledgement was lost is sent again with its id, and stored once", async () => {
  const one = visit(0);
  await until(() => isOpen(one));
  server.isMute = true;
  const { id, stored } = one.chat.send("once");
  await until(() => server.messages.length === 1);
  server.isMute = false;
  server.closeAll(1012);
  expect(await stored).toEqual({ ok: true, seq: 1 });
  await until(() => one.heard.length >= 1);
  expect(one.heard).toEqual(["once"]);
  expect(server.messages.map((message) => message.id)).toEqual([id]);
});

test("a gap between live messages is filled from history before what follows is told", async () => {
  const one = visit(0);
  await until(() => isOpen(one));
  server.isMute = true;
  server.say("text 1");
  server.say("text 2");
  server.isMute = false;
  server.say("text 3");
  await until(() => one.heard.length >= 3);
  expect(one.heard).toEqual(texts(3));
});

test("history() asked twice at once answers each ask, and again after a broken connection", async () => {
  for (const text of texts(10)) server.say(text);
  const one = visit();
  const newest = one.chat.history({ limit: 2 });
  const older = one.chat.history({ before: 5, limit: 3 });
  await until(() => isOpen(one));
  const seqs = async (piece: typeof newest) => {
    const answer = await piece;
    return answer.ok ? answer.messages.map(({ seq }) => seq) : [];
  };
  expect(await seqs(newest)).toEqual([9, 10]);
  expect(await seqs(older)).toEqual([2, 3, 4]);
  server.closeAll(1012);
  expect(await seqs(one.chat.history({ before: 3 }))).toEqual([1, 2]);
});

test("sends 18 messages in 10 s and keeps the rest back, in order (4008)", async () => {
  const one = visit(0);
  await until(() => isOpen(one));
  const last = texts(20).map((text) => one.chat.send(text).stored)[19];
  await until(() => one.heard.length >= 18);
  expect(server.messages.length).toBe(18);
  one.now = 10_000;
  expect(await last).toEqual({ ok: true, seq: 20 });
  expect(server.messages.map(({ text }) => text)).toEqual(texts(20));
});

test("`expiring` is answered by a fresh token in band, on the same connection", async () => {
  const one = visit(0, ["renewed"]);
  one.token = "fresh";
  await until(() => isOpen(one));
  server.tell({ type: "expiring", at: "2026-01-01T00:00:00.000Z" });
  await until(() => server.frames.length > 0);
  expect(server.frames).toEqual([{ type: "auth", token: "fresh" }]);
  expect(server.queries).toEqual(["?ticket=t"]);
});

test("`expiring` without a readable token brings a second connection that takes over", async () => {
  const one = visit(0, ["renewed"]);
  await until(() => isOpen(one));
  server.tell({ type: "expiring", at: "2026-01-01T00:00:00.000Z" });
  await until(() => server.queries.length === 2 && server.sockets.size === 1);
  server.say("text 1");
  await until(() => one.heard.length >= 1);
  expect(one.states.map((state) => state.name)).toEqual(["open", "open"]);
});

test("4001 is mended by newer credentials; it ends the chat when there are none", async () => {
  const one = visit(0, ["renewed", "signed_out"]);
  await until(() => isOpen(one));
  server.closeAll(4001);
  await until(() => one.states.length === 3 && isOpen(one));
  const { stored } = one.chat.send("text 1");
  await stored;
  server.closeAll(4001);
  await until(() => one.chat.state.name === "ended");
  expect(one.chat.state).toEqual({ name: "ended", reason: "signed_out" });
  expect(await one.chat.send("never").stored).toEqual({ ok: false, code: "ended" });
});

test("4001 after each of two renewals ends the chat instead of trying for ever", async () => {
  server.refusal = 4001;
  const one = visit(0, ["renewed", "renewed", "renewed"]);
  await until(() => one.chat.state.name === "ended");
  expect(server.queries.length).toBe(3);
});

test("4003 and 4010 end the chat and say why", async () => {
  server.refusal = 4003;
  const stranger = visit();
  await until(() => stranger.chat.state.name === "ended");
  expect(stranger.chat.state).toEqual({ name: "ended", reason: "forbidden" });
  server.refusal = 4010;
  const garbled = visit();
  await until(() => garbled.chat.state.name === "ended");
  expect(garbled.chat.state).toEqual({ name: "ended", reason: "refused" });
});

test("a connection that answers no ping is taken for gone, and another is made", async () => {
  const one = visit(0);
  await until(() => isOpen(one));
  one.fallSilent();
  await until(() => server.queries.length === 2 && isOpen(one));
  expect(server.frames[0]).toEqual({ type: "ping" });
});

test("send() refuses what is no message: empty, 4001 code points, a lone surrogate", async () => {
  const one = visit(0);
  for (const text of ["", "x".repeat(4_001), "\ud800"]) {
    expect(() => one.chat.send(text)).toThrow(RangeError);
  }
  const longest = "\u{1f511}".repeat(4_000);
  expect((await one.chat.send(longest).stored).ok).toBe(true);
});

test("4008 is waited out for as long as the limit looks back, then what waits is sent", async () => {
  const one = visit(0);
  await until(() => isOpen(one));
  one.isPatient = true;
  server.closeAll(4008);
  await until(() => one.chat.state.name === "reconnecting");
  const { stored } = one.chat.send("text 1");
  one.chat.hurry();
  expect(one.chat.state).toEqual({
    name: "reconnecting",
    attempt: 1,
    waitMs: HELD_BACK_MS + 250,
    isHeldBack: true,
  });
  expect(server.queries.length).toBe(1);
  one.release();
  expect(await stored).toEqual({ ok: true, seq: 1 });
});

test("hurry() cuts a wait to reconnect short, and changes nothing of an open chat", async () => {
  const one = visit(0);
  await until(() => isOpen(one));
  one.isPatient = true;
  server.closeAll(1012);
  await until(() => one.chat.state.name === "reconnecting");
  expect(one.chat.state).toMatchObject({ waitMs: 250, isHeldBack: false });
  one.chat.hurry();
  await until(() => isOpen(one));
  one.chat.hurry();
  one.release();
  expect(await one.chat.send("text 1").stored).toEqual({ ok: true, seq: 1 });
  expect(server.queries.length).toBe(2);
});

test("send() with the id of a message that was stored after all stores it once", async () => {
  const one = visit(0);
  await until(() => isOpen(one));
  server.isMute = true;
  const first = one.chat.send("text 1");
  await until(() => server.messages.length === 1);
  one.chat.close();
  expect(await first.stored).toEqual({ ok: false, code: "ended" });
  server.isMute = false;
  const other = visit(0);
  const again = other.chat.send("text 1", first.id);
  expect(again.id).toBe(first.id);
  expect(await again.stored).toEqual({ ok: true, seq: 1 });
  await until(() => other.heard.length > 0);
  expect(other.heard).toEqual(["text 1"]);
});
