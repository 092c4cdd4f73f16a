import { afterEach, expect, test } from "bun:test";
import type { UserId } from "@postern/auth";
import type { ChatStore, Message } from "@postern/chat";
import { createMemoryBus } from "../adapters/memory_bus.ts";
import {
  ENDS,
  makeConnection,
  makeProcess,
  type Process,
  ROOM,
  settle,
  type Told,
} from "./_testing_connections.ts";
import { Feed } from "./feed.ts";

const feeds: Feed[] = [];

afterEach(() => {
  for (const feed of feeds.splice(0)) feed.stop();
});

/** Messages up to a number, and readings that a test may hold up or let fail. */
function openStore() {
  const messages: Message[] = [];
  const state = { readings: 0, fails: false, held: undefined as Promise<void> | undefined };
  async function read<T>(give: () => T): Promise<T> {
    const given = give();
    await state.held;
    if (state.fails) throw new Error("The disk is away");
    return given;
  }
  const chat: Pick<ChatStore, "findNewer" | "readHistory"> = {
    findNewer: (known) =>
      read(() =>
        [...known].flatMap(([id, seq]) =>
          messages.length > seq ? [[id, messages.length] as const] : [],
        ),
      ),
    readHistory: ({ after = 0, limit }) => {
      state.readings += 1;
      return read(() => ({ messages: messages.slice(after, after + limit), more: false }));
    },
  };
  function store(upTo: number): void {
    for (let seq = messages.length + 1; seq <= upTo; seq += 1) messages.push(messageOf(seq));
  }
  return { chat, state, store };
}

function messageOf(seq: number): Message {
  const author = { id: 1 as UserId, username: "user1" };
  return { seq, clientId: `client ${seq}`, author, text: `text ${seq}`, at: ENDS };
}

type Store = ReturnType<typeof openStore>;

/** The frame of a message, as its process makes it. */
function frameOf(seq: number): string {
  return JSON.stringify({ type: "message", seq });
}

function feedOf(process: Process, { chat }: Store): Feed {
  const metrics = { messageDelivered: () => undefined, messagesFilled: () => undefined };
  const log = { warn: () => undefined };
  const feed = new Feed({ ...process, chat, metrics, log });
  feeds.push(feed);
  return feed;
}

/** Two processes with somebody at each, who were let in after so many messages. */
function openTwo(store: Store, seq = 0) {
  const hub = createMemoryBus();
  const [one, two] = [makeProcess(hub.join()), makeProcess(hub.join())];
  const [at, to] = [feedOf(one, store), feedOf(two, store)];
  const [here, there] = [one.enter(), two.enter(2)];
  void at.begin(ROOM, seq);
  void to.begin(ROOM, seq);
  return { one, two, at, to, here, there };
}

function seqsOf({ told }: Told): readonly number[] {
  return told.map((frame) => (frame as { seq: number }).seq);
}

function count(to: number): readonly number[] {
  return Array.from({ length: to }, (_, index) => index + 1);
}

test("a message reaches the connections of every process, and the store is not asked", async () => {
  const store = openStore();
  const { at, here, there } = openTwo(store);
  for (const seq of count(3)) at.post(ROOM, seq, frameOf(seq));
  expect(seqsOf(here)).toEqual([1, 2, 3]);
  await settle();
  expect(seqsOf(there)).toEqual([1, 2, 3]);
  expect(store.state.readings).toBe(0);
});

test("what comes out of line is told in line: the store has what is missing (reordering)", async () => {
  const store = openStore();
  const { at, to, here, there } = openTwo(store);
  store.store(6);
  at.post(ROOM, 2, frameOf(2));
  to.post(ROOM, 1, frameOf(1));
  at.post(ROOM, 6, frameOf(6));
  to.post(ROOM, 3, frameOf(3));
  at.post(ROOM, 5, frameOf(5));
  to.post(ROOM, 4, frameOf(4));
  await settle();
  for (const told of [here, there]) expect(seqsOf(told)).toEqual([...count(6)]);
});

test("what is told twice is heard once (replay on the bus)", async () => {
  const store = openStore();
  const { at, to, here, there } = openTwo(store);
  store.store(3);
  for (const seq of [1, 1, 2, 1, 3, 2, 3]) {
    at.post(ROOM, seq, frameOf(seq));
    to.post(ROOM, seq, frameOf(seq));
  }
  await settle();
  for (const told of [here, there]) expect(seqsOf(told)).toEqual([1, 2, 3]);
});

test("look() finds what nobody told of, more than one reading of it, and nothing twice", async () => {
  const store = openStore();
  const { at, here } = openTwo(store, 3);
  store.store(503);
  await at.look();
  await settle();
  expect(seqsOf(here)).toEqual(count(503).slice(3));
  await at.look();
  await settle();
  expect(seqsOf(here)).toHaveLength(500);
});

test("messages that come while the store is read are told in line", async () => {
  const store = openStore();
  const { at, here } = openTwo(store);
  store.store(4);
  const { promise, resolve } = Promise.withResolvers<void>();
  store.state.held = promise;
  at.post(ROOM, 4, frameOf(4));
  await settle();
  for (const seq of [1, 2]) at.post(ROOM, seq, frameOf(seq));
  expect(seqsOf(here)).toEqual([1, 2]);
  store.store(6);
  at.post(ROOM, 6, frameOf(6));
  resolve();
  await settle();
  expect(seqsOf(here)).toEqual([...count(6)]);
});

test("a reading that fails is made good by a later look", async () => {
  const store = openStore();
  const { at, here } = openTwo(store);
  store.store(2);
  store.state.fails = true;
  at.post(ROOM, 2, frameOf(2));
  await settle();
  await at.look();
  expect(seqsOf(here)).toEqual([]);
  store.state.fails = false;
  await at.look();
  await settle();
  expect(seqsOf(here)).toEqual([1, 2]);
});

test("whoever is let in while a message is stored misses none", async () => {
  const store = openStore();
  const process = makeProcess(createMemoryBus().join());
  const feed = feedOf(process, store);
  const first = process.enter();
  // It is in the registry, and has read 0 so far; 1 is told of before it begins.
  store.store(1);
  feed.post(ROOM, 1, frameOf(1));
  await feed.begin(ROOM, 0);
  expect(feed.newest(ROOM)).toBe(1);
  store.store(2);
  feed.post(ROOM, 2, frameOf(2));
  expect(seqsOf(first)).toEqual([2]);
});

test("whoever is let in hears what comes after all that was there, and nothing of it again (race)", async () => {
  const store = openStore();
  const process = makeProcess(createMemoryBus().join());
  const feed = feedOf(process, store);
  const first = process.enter();
  await feed.begin(ROOM, 0);
  // Another process has stored these, and nobody has told of them yet.
  store.store(3);
  process.sockets.add(makeConnection(2).connection);
  await feed.begin(ROOM, 3);
  expect(feed.newest(ROOM)).toBe(3);
  const second = process.enter(2);
  store.store(4);
  feed.post(ROOM, 4, frameOf(4));
  expect(seqsOf(first)).toEqual([1, 2, 3, 4]);
  expect(seqsOf(second)).toEqual([4]);
});

test("whoever is let in while the store cannot be read is let in all the same", async () => {
  const store = openStore();
  const { at, one } = openTwo(store);
  one.enter(3);
  store.state.fails = true;
  await at.begin(ROOM, 5);
  expect(at.newest(ROOM)).toBe(0);
});

test("a conversation that everybody left is begun anew with the number that was read", async () => {
  const store = openStore();
  const { one, at, here } = openTwo(store, 1);
  one.sockets.remove(here.connection);
  store.store(9);
  await at.look();
  const back = one.enter();
  await at.begin(ROOM, 9);
  expect(at.newest(ROOM)).toBe(9);
  store.store(10);
  at.post(ROOM, 10, frameOf(10));
  await settle();
  expect(seqsOf(back)).toEqual([10]);
});

test.each([
  "",
  "x",
  `${ROOM}`,
  `${ROOM} 1`,
  `${ROOM} -1 {}`,
  `${ROOM} 1e3 {}`,
  `${ROOM} ${"9".repeat(40)} {}`,
  `x 1 {"type":"message"}`,
  `${ROOM} 1 {"type":"message","seq":2}`,
  `${ROOM} 1 {"type":"message","seq":1`,
  `${ROOM} 1 {"type":"typing","seq":1}`,
])("what is no message on the bus is passed over: %p (forgery)", async (text) => {
  const store = openStore();
  const { one, there } = openTwo(store);
  one.bus.publish("message", text);
  await settle();
  expect(there.told).toEqual([]);
});

test("a number that the store does not have mutes nothing, before a conversation is begun or after (forgery)", async () => {
  const store = openStore();
  const hub = createMemoryBus();
  const [bus, process] = [hub.join(), makeProcess(hub.join())];
  const feed = feedOf(process, store);
  const forged = 999_999_999;
  const { told } = process.enter();
  bus.publish("message", `${ROOM} ${forged} ${frameOf(forged)}`);
  await settle();
  store.store(1);
  await feed.begin(ROOM, 1);
  expect(feed.newest(ROOM)).toBe(1);
  bus.publish("message", `${ROOM} ${forged} ${frameOf(forged)}`);
  await settle();
  store.store(2);
  feed.post(ROOM, 2, frameOf(2));
  bus.publish("message", `${ROOM} ${forged + 1} ${frameOf(forged + 1)}`);
  store.store(3);
  await feed.look();
  await settle();
  expect(told.map((frame) => (frame as { seq: number }).seq)).toEqual([2, 3]);
  const { readings } = store.state;
  await feed.look();
  await settle();
  // What was asked for in vain is not asked for again.
  expect(store.state.readings).toBe(readings);
});

test("a message with a line separator in it crosses the bus", async () => {
  const { at, there } = openTwo(openStore());
  at.post(ROOM, 1, JSON.stringify({ type: "message", seq: 1, text: "a\u2028b}\n" }));
  await settle();
  expect(seqsOf(there)).toEqual([1]);
});
