/**
 * The adapters over Redis, against a Redis of their own: they keep the contracts of those in
 * memory, among several processes.
 *
 * @module
 */

import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { openRedis, type Redis } from "@postern/server/adapters/redis/open_redis.ts";
import { epochMs, hours } from "@postern/std";
import { eventually } from "../support/eventually.ts";
import { REDIS_SERVER, type RedisServer, startRedisServer } from "../support/redis_server.ts";
import { busContract } from "./bus_contract.ts";
import { countersContract } from "./counters_contract.ts";

/** The next after ten is let through in six minutes: later than any of these tests ends. */
const TEN_AN_HOUR = { count: 10, windowMs: hours(1) };

const opened: Redis[] = [];

function openAt(url: string, name: string = crypto.randomUUID()): Redis {
  const log = { info: () => undefined, warn: () => undefined };
  const redis = openRedis({ url, name, log });
  opened.push(redis);
  return redis;
}

async function up(redis: Redis): Promise<Redis> {
  await eventually("Redis is up", () => redis.isUp && redis.bus.isConnected);
  return redis;
}

/** Counts so many more, and gives how many were allowed. */
async function take(redis: Redis, key: string, times: number): Promise<number> {
  let allowed = 0;
  for (let time = 0; time < times; time += 1) {
    const count = await redis.counters.take(key, TEN_AN_HOUR, epochMs(Date.now()));
    if (count.allowed) allowed += 1;
  }
  return allowed;
}

afterAll(() => {
  for (const redis of opened) redis.close();
});

describe.skipIf(REDIS_SERVER === undefined)("over Redis", () => {
  let server: RedisServer;
  let shared: Redis;

  beforeAll(async () => {
    server = await startRedisServer();
    shared = await up(openAt(server.url));
  });
  afterAll(async () => {
    await server.close();
  });

  const name = crypto.randomUUID();
  busContract("createRedisBus()", async () => ({ join: () => openAt(server.url, name).bus }));
  countersContract("createRedisCounters()", () => ({
    counters: {
      take: (key, rule, now) => shared.counters.take(key, rule, now),
      reset: (key) => shared.counters.reset(key),
    },
  }));

  test("counters of two processes are one, and of two servers are two", async () => {
    const [one, two] = [await up(openAt(server.url, "a")), await up(openAt(server.url, "a"))];
    const other = await up(openAt(server.url, "b"));
    expect((await take(one, "key", 6)) + (await take(two, "key", 6))).toBe(10);
    expect(await take(other, "key", 10)).toBe(10);
    expect(one.countedAlone + two.countedAlone + other.countedAlone).toBe(0);
  });

  test("servers of different names do not hear each other, though they share a Redis", async () => {
    const [mine, also] = [await up(openAt(server.url, "c")), await up(openAt(server.url, "c"))];
    const foreign = await up(openAt(server.url, "d"));
    const heard: string[] = [];
    also.bus.subscribe("message", (text) => heard.push(text));
    foreign.bus.publish("message", "foreign");
    mine.bus.publish("message", "mine");
    await eventually("it is heard", () => heard.length > 0);
    expect(heard).toEqual(["mine"]);
  });

  test("Redis keeps no name that limits count by, and each number only as long as it means something", async () => {
    const redis = await up(openAt(server.url, "e"));
    await take(redis, "login_account ada@example.com", 3);
    const client = new Bun.RedisClient(server.url);
    const keys = await client.keys("postern:1:e:*");
    expect(keys).toHaveLength(1);
    expect(keys.join()).not.toContain("ada");
    const [key = ""] = keys;
    expect(await client.pttl(key)).toBeLessThanOrEqual(3 * 360_000 + 10_000);
    expect(await client.pttl(key)).toBeGreaterThan(0);
    client.close();
  });
});
