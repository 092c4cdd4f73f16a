/**
 * What becomes of bus and counters when Redis goes away, hangs, comes back, or was never there.
 *
 * @module
 */

import { afterAll, describe, expect, test } from "bun:test";
import { openRedis, type Redis } from "@postern/server/adapters/redis/open_redis.ts";
import { epochMs, hours } from "@postern/std";
import { eventually } from "../support/eventually.ts";
import {
  REDIS_SERVER,
  type RedisServer,
  type RedisServerOptions,
  startRedisServer,
} from "../support/redis_server.ts";
import { findFreePort } from "../support/server_process.ts";

/** The next after ten is let through in six minutes: later than any of these tests ends. */
const TEN_AN_HOUR = { count: 10, windowMs: hours(1) };
/** Longest that any count may take, milliseconds: many times the real bound, for a machine that stalls. */
const BOUND_MS = 10_000;

/** Everything opened here, with what it said. */
interface Opened {
  readonly redis: Redis;
  readonly said: readonly string[];
}

const opened: Redis[] = [];
const servers: RedisServer[] = [];

afterAll(async () => {
  for (const redis of opened) redis.close();
  for (const server of servers) await server.close();
});

async function serve(options: RedisServerOptions = {}): Promise<RedisServer> {
  const server = await startRedisServer(options);
  servers.push(server);
  return server;
}

function openAt(url: string): Opened {
  const said: string[] = [];
  const say = (level: string) => (text: string) => void said.push(`${level} ${text}`);
  const log = { info: say("info"), warn: say("warn") };
  const redis = openRedis({ url, name: "away", log });
  opened.push(redis);
  return { redis, said };
}

async function up({ redis }: Opened): Promise<void> {
  await eventually("Redis is up", () => redis.isUp && redis.bus.isConnected);
}

async function down({ redis }: Opened): Promise<void> {
  await eventually("Redis is known to be away", () => !(redis.isUp || redis.bus.isConnected));
}

/** Counts so many more, each within the bound, and gives how many were allowed. */
async function take({ redis }: Opened, times: number): Promise<number> {
  let allowed = 0;
  for (let time = 0; time < times; time += 1) {
    const before = performance.now();
    const count = await redis.counters.take("key", TEN_AN_HOUR, epochMs(Date.now()));
    expect(performance.now() - before).toBeLessThan(BOUND_MS);
    if (count.allowed) allowed += 1;
  }
  return allowed;
}

function levelsOf({ said }: Opened): readonly string[] {
  return said.map((text) => text.slice(0, text.indexOf(" ")));
}

describe.skipIf(REDIS_SERVER === undefined)("Redis", () => {
  test.each(["inf", "-inf", "nan", "text", "1e400", "[]"])(
    "a count that somebody wrote as %s is counted anew, and lets nobody through for ever (hostile value)",
    async (value) => {
      const server = await serve();
      const place = openAt(server.url);
      await up(place);
      await take(place, 1);
      const client = new Bun.RedisClient(server.url);
      const set = async () => {
        const keys = (await client.send("KEYS", ["*"])) as string[];
        for (const key of keys) {
          if (value === "[]") await client.send("DEL", [key]);
          await client.send(value === "[]" ? "RPUSH" : "SET", [key, value]);
        }
        expect(keys).toHaveLength(1);
      };
      await set();
      const allowed = await take(place, 30);
      expect(allowed).toBeLessThanOrEqual(11);
      await set();
      await take(place, 1);
      client.close();
      await server.close();
      await down(place);
      expect(await take(place, 30)).toBeLessThanOrEqual(11);
    },
  );

  test("killed: counting goes on from what it said last, and is shared again when it is back", async () => {
    const server = await serve();
    const place = openAt(server.url);
    await up(place);
    expect(await take(place, 7)).toBe(7);
    await server.kill9();
    await down(place);
    expect(await take(place, 10)).toBe(3);
    expect(place.redis.countedAlone).toBe(10);
    await server.start();
    await up(place);
    expect(await take(place, 1)).toBe(1);
    expect(place.redis.countedAlone).toBe(10);
    expect(levelsOf(place).join(" ")).toMatch(/^info( warn info)+$/);
  });

  test("killed and started anew: the bus hears again, and says that something may have been missed", async () => {
    const server = await serve();
    const [one, two] = [openAt(server.url), openAt(server.url)];
    const heard: string[] = [];
    let connections = 0;
    two.redis.bus.subscribe("message", (text) => heard.push(text));
    two.redis.bus.onConnected(() => {
      connections += 1;
    });
    await Promise.all([up(one), up(two)]);
    for (let round = 1; round <= 3; round += 1) {
      one.redis.bus.publish("message", `before ${round}`);
      await eventually("it is heard", () => heard.includes(`before ${round}`));
      expect(connections).toBe(round);
      await server.kill9();
      await Promise.all([down(one), down(two)]);
      one.redis.bus.publish("message", `meanwhile ${round}`);
      await server.start();
      await Promise.all([up(one), up(two)]);
    }
    expect(heard).toEqual(["before 1", "before 2", "before 3"]);
  });

  test("hanging: no count waits for long, and nothing is lost of what Redis said before", async () => {
    const server = await serve();
    const place = openAt(server.url);
    await up(place);
    expect(await take(place, 4)).toBe(4);
    server.freeze();
    expect(await take(place, 8)).toBe(6);
    await down(place);
    place.redis.bus.publish("message", "to nobody");
    server.thaw();
    await up(place);
    expect(levelsOf(place).join(" ")).toMatch(/^info( warn info)+$/);
  });

  test("not there at the start: said once, counted alone without waiting, joined when it comes", async () => {
    const port = await findFreePort();
    const place = openAt(`redis://127.0.0.1:${port}`);
    await place.redis.tried;
    expect(place.redis.isUp).toBe(false);
    const count = place.redis.counters.take("key", TEN_AN_HOUR, epochMs(Date.now()));
    expect(count).not.toBeInstanceOf(Promise);
    expect(await take(place, 10)).toBe(9);
    await serve({ port });
    await up(place);
    expect(levelsOf(place).join(" ")).toMatch(/^warn info( warn info)*$/);
  });

  test("with a password of odd characters, a user and a database: connects", async () => {
    const password = "p@ss/ %w:?#";
    const server = await serve({ args: ["--requirepass", password] });
    const at = new URL(server.url).host;
    const place = openAt(`redis://default:${encodeURIComponent(password)}@${at}/3`);
    await up(place);
    expect(await take(place, 11)).toBe(10);
  });

  test("with a wrong password: is away, and the password is said nowhere", async () => {
    const server = await serve({ args: ["--requirepass", "right"] });
    const at = new URL(server.url).host;
    const place = openAt(`redis://:canary-wrong@${at}`);
    await place.redis.tried;
    expect(place.redis.isUp).toBe(false);
    expect(await take(place, 11)).toBe(10);
    expect(place.said).toHaveLength(1);
    expect(place.said.join()).not.toContain("canary");
  });

  test("closed: it ends its connections, and does not come back", async () => {
    const server = await serve();
    const place = openAt(server.url);
    await up(place);
    const client = new Bun.RedisClient(server.url);
    place.redis.close();
    await eventually("only the looker is left", async () => {
      const list = String(await client.send("CLIENT", ["LIST"]));
      return list.trim().split("\n").length === 1;
    });
    client.close();
  });
});
