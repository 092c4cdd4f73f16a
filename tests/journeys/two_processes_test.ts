/**
 * Two processes of one server: who is connected to either gets every message once and in order, and
 * endings and limits count for both; with Redis between them, without one, and while it dies.
 *
 * @module
 */

import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join, startConversation } from "../support/chat_room.ts";
import type { ChatSocket, Frame } from "../support/chat_socket.ts";
import { type Account, type Deployment, freshAddress } from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";
import { REDIS_SERVER, type RedisServer, startRedisServer } from "../support/redis_server.ts";
import { openTwoProcesses, type TwoProcesses } from "../support/two_processes.ts";

/** Long enough for a slow machine; each wait has an end of its own. */
const TEST_MAX_MS = 300_000;

const SENDERS = 4;
/** Over all parts fewer than the limit of a connection, however quick the machine is. */
const MESSAGES_A_PART = 6;

/** A conversation, with connections of every sender to either process. */
interface Room {
  readonly id: string;
  readonly accounts: readonly Account[];
  readonly sockets: readonly ChatSocket[];
}

/** Two members and a visitor of each, so that both processes have senders and listeners. */
async function gather({ first, second }: TwoProcesses): Promise<Room> {
  const accounts = await Promise.all(Array.from({ length: SENDERS }, () => first.newAccount()));
  const [maker, ...others] = accounts;
  if (maker === undefined) throw new TypeError("Cannot gather: nobody is there");
  const id = await startConversation(maker, others);
  const sockets = await Promise.all(
    accounts.flatMap(({ browser }) =>
      [first, second].map((process) => join(process, id, { browser })),
    ),
  );
  return { id, accounts, sockets };
}

/** Each of the connections says so many, at the same time. */
function speak({ sockets }: Room, part: string): void {
  for (let each = 0; each < MESSAGES_A_PART; each += 1) {
    for (const [index, socket] of sockets.entries()) {
      const id = crypto.randomUUID();
      socket.send({ type: "message", id, text: `${index} ${part} ${each}` });
    }
  }
}

function messagesOf(socket: ChatSocket): readonly Frame[] {
  return socket.frames.filter(({ type }) => type === "message");
}

/** Everybody has all messages, once and in order. */
async function expectAll({ sockets }: Room, parts: number): Promise<void> {
  const total = parts * MESSAGES_A_PART * sockets.length;
  await eventually(`all ${total} messages are everywhere`, () =>
    sockets.every((socket) => messagesOf(socket).length >= total),
  );
  const [whole] = sockets.map(messagesOf);
  expect(whole?.map(({ seq }) => seq)).toEqual(
    Array.from({ length: total }, (_, index) => index + 1),
  );
  for (const socket of sockets) expect(messagesOf(socket)).toEqual(whole ?? []);
}

async function leave({ sockets }: Room): Promise<void> {
  for (const socket of sockets) await socket[Symbol.asyncDispose]();
}

/** What `/readyz` says of Redis. */
async function redisOf(process: Deployment): Promise<string | undefined> {
  const { json } = await process.visitor().get("/readyz");
  const { checks } = json as { checks: { name: string; detail: string }[] };
  return checks.find((check) => check.name === "redis")?.detail;
}

test(
  "without Redis messages cross by the database, each once and in order",
  async () => {
    const both = await openTwoProcesses();
    try {
      const room = await gather(both);
      speak(room, "a");
      await expectAll(room, 1);
      expect(await redisOf(both.first)).toBeUndefined();
      await leave(room);
    } finally {
      await both.close();
    }
  },
  TEST_MAX_MS,
);

describe.skipIf(REDIS_SERVER === undefined)("with Redis", () => {
  let redis: RedisServer;
  let both: TwoProcesses;

  beforeAll(async () => {
    redis = await startRedisServer();
    both = await openTwoProcesses({ REDIS_URL: redis.url });
  }, TEST_MAX_MS);
  afterAll(async () => {
    await both.close();
    await redis.close();
  }, TEST_MAX_MS);

  async function untilRedis(says: string): Promise<void> {
    for (const process of [both.first, both.second]) {
      await eventually(`/readyz says of Redis: ${says}`, async () =>
        String(await redisOf(process)).startsWith(says),
      );
    }
  }

  test(
    "messages cross while many speak at both",
    async () => {
      const room = await gather(both);
      speak(room, "a");
      await expectAll(room, 1);
      await leave(room);
    },
    TEST_MAX_MS,
  );

  test(
    "kill -9 of Redis and a new one lose, double and disorder nothing",
    async () => {
      const room = await gather(both);
      speak(room, "a");
      await redis.kill9();
      speak(room, "b");
      await expectAll(room, 2);
      await untilRedis("It cannot be reached");
      expect((await both.first.visitor().get("/readyz")).status).toBe(200);
      await redis.start();
      await untilRedis("It answers");
      const [here, , , there] = room.sockets;
      if (here === undefined || there === undefined) throw new TypeError("Nobody is there");
      const before = there.frames.length;
      await eventually("typing crosses again", async () => {
        here.send({ type: "typing" });
        // Well within what a connection may say.
        await Bun.sleep(200);
        return there.frames.slice(before).some(({ type }) => type === "typing");
      });
      await leave(room);
    },
    TEST_MAX_MS,
  );

  test(
    "messages of while Redis hangs arrive, and then it goes on",
    async () => {
      const room = await gather(both);
      redis.freeze();
      speak(room, "a");
      await expectAll(room, 1);
      redis.thaw();
      await untilRedis("It answers");
      speak(room, "b");
      await expectAll(room, 2);
      await leave(room);
    },
    TEST_MAX_MS,
  );

  test(
    "typing and presence cross; who was at a process that died is offline",
    async () => {
      const [ada, bob] = await Promise.all([both.first.newAccount(), both.first.newAccount()]);
      const id = await startConversation(ada, [bob]);
      const here = await join(both.first, id, { browser: ada.browser });
      const there = await join(both.second, id, { browser: bob.browser });
      const user = { id: bob.id, username: bob.username };
      const isBob = (state: string) => (frame: Frame) =>
        frame.type === "presence" &&
        frame["state"] === state &&
        (frame["user"] as { id: string }).id === bob.id;
      expect(await here.until(isBob("online"))).toEqual({
        type: "presence",
        user,
        state: "online",
      });
      // Whoever comes later is told who is at the other process already.
      const late = await join(both.first, id, { browser: ada.browser });
      await late.until(isBob("online"));
      there.send({ type: "typing" });
      expect(await here.until(({ type }) => type === "typing")).toEqual({ type: "typing", user });
      // A second connection of hers, by the other process, is no news; that one of two ends is none.
      const also = await join(both.first, id, { browser: bob.browser });
      await there[Symbol.asyncDispose]();
      await also[Symbol.asyncDispose]();
      await here.until(isBob("offline"));
      expect(here.frames.filter(isBob("offline"))).toHaveLength(1);
      const back = await join(both.second, id, { browser: bob.browser });
      await eventually("it is told", () => here.frames.filter(isBob("online")).length === 2);
      await both.crashSecond();
      await back.closed;
      await eventually("it is told", () => here.frames.filter(isBob("offline")).length === 2);
      await both.startSecond();
      for (const socket of [here, late]) await socket[Symbol.asyncDispose]();
    },
    TEST_MAX_MS,
  );

  test(
    "a session that ends at one process ends at the other, with its connections",
    async () => {
      const ada = await both.first.newAccount();
      const id = await startConversation(ada);
      for (let time = 0; time < 3; time += 1) {
        const browser = await both.first.signIn(ada);
        const sockets = await Promise.all(
          Array.from({ length: 10 }, () => join(both.second, id, { browser })),
        );
        await browser.post("/api/v1/auth/logout");
        expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual(
          Array.from({ length: 10 }, () => 4001),
        );
      }
    },
    TEST_MAX_MS,
  );

  test(
    "a limit counts for both; with Redis dead or hanging each goes on by itself, without waiting",
    async () => {
      const address = freshAddress();
      const visitors = [both.first, both.second].map((process) => process.visitor({ address }));
      const body = { identifier: "nobody", password: "nothing-of-the-sort" };
      async function tries(times: number): Promise<number[]> {
        const statuses: number[] = [];
        for (let time = 0; time < times; time += 1) {
          const visitor = visitors[time % 2];
          const answer = await visitor?.post("/api/v1/auth/token", body, { csrf: false });
          statuses.push(answer?.status ?? 0);
        }
        return statuses;
      }
      // Ten for an address in a minute, and perhaps one more for each six seconds this takes.
      const statuses = await tries(16);
      expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
      expect(statuses.slice(10)).toContain(429);
      redis.freeze();
      expect((await tries(2)).every((status) => status === 429 || status === 401)).toBe(true);
      const metrics = await both.first.visitor().get("/metrics");
      expect(metrics.text).toMatch(/^postern_counted_alone_total [1-9]/m);
      redis.thaw();
      await untilRedis("It answers");
      const log = both.first.server.logs().map(({ msg }) => msg);
      expect(log.some((msg) => msg.startsWith("redis cannot be reached"))).toBe(true);
      expect(log).toContain("redis is connected");
    },
    TEST_MAX_MS,
  );
});
