/**
 * Counts in Redis, for a server of several processes; in this process while Redis is away.
 *
 * Each count is one script, so that no two processes count from the same number. The script moves
 * the number on as `countOne` does; what that means for the caller is worked out here, by `countOne`.
 * What Redis said last is kept, so that counting alone goes on from there.
 *
 * @module
 */

import { type Count, type Counters, countOne, type RateRule } from "@postern/auth";
import type { EpochMs } from "@postern/std";
import type { MemoryCounters } from "../memory_counters.ts";
import type { RedisLink } from "./redis_link.ts";

/** What it is made with. */
export interface RedisCountersOptions {
  readonly commands: Pick<RedisLink, "isUp" | "send">;
  /** Begins each key. */
  readonly namespace: string;
  /** What counts while Redis is away. */
  readonly alone: MemoryCounters;
  /** Told of each count that Redis had no part in. */
  readonly onAlone: () => void;
}

/** How much longer than it means anything a number is kept, milliseconds: clocks of processes differ. */
const KEPT_LONGER_MS = 10_000;

/**
 * The same steps as `countOne`, in whole microseconds; gives what was there before. What is no number,
 * or no text, is as if nothing were there, and gives way to one.
 *
 * ARGV: now, window, pace (0: refuse everything), how much longer to keep.
 */
const TAKE = `
local before = redis.pcall('GET', KEYS[1])
if type(before) == 'table' then before = false end
local known = before and tonumber(before)
if not known or known ~= known then known = nil end
local now, window, pace = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local spent = math.min(math.max((known or now) - now, 0), window)
if pace > 0 and spent + pace <= window then spent = spent + pace end
local keep = math.ceil(spent / 1000) + tonumber(ARGV[4])
redis.call('SET', KEYS[1], string.format('%.0f', now + spent), 'PX', string.format('%.0f', keep))
return before
`;

const TAKE_SHA1 = new Bun.CryptoHasher("sha1").update(TAKE).digest("hex");

const US_PER_MS = 1_000;

/** Makes counters that share what they count with all of the namespace. */
export function createRedisCounters(options: RedisCountersOptions): Counters {
  const { commands, namespace, alone, onAlone } = options;

  /** Names and addresses are not left in another program's memory; and keys stay short. */
  function nameOf(key: string): string {
    return `${namespace}${new Bun.CryptoHasher("sha256").update(key).digest("base64url")}`;
  }

  async function ask(key: string, rule: RateRule, now: EpochMs): Promise<number | undefined> {
    const windowUs = rule.windowMs * US_PER_MS;
    const paceUs = rule.count < 1 ? 0 : Math.max(1, Math.floor(windowUs / rule.count));
    const numbers = [now * US_PER_MS, windowUs, paceUs, KEPT_LONGER_MS].map(String);
    const rest = ["1", nameOf(key), ...numbers];
    const before = await commands.send("EVALSHA", [TAKE_SHA1, ...rest]).catch((cause: unknown) => {
      if (!String(cause).includes("NOSCRIPT")) throw cause;
      return commands.send("EVAL", [TAKE, ...rest]);
    });
    const spentUntilUs = Number(before ?? Number.NaN);
    return Number.isSafeInteger(spentUntilUs) ? spentUntilUs : undefined;
  }

  function countAlone(key: string, rule: RateRule, now: EpochMs): Count {
    onAlone();
    return alone.take(key, rule, now);
  }

  async function takeShared(key: string, rule: RateRule, now: EpochMs): Promise<Count> {
    try {
      const step = countOne(rule, await ask(key, rule, now), now);
      alone.keep(key, { rule, spentUntilUs: step.spentUntilUs, now });
      return step.count;
    } catch {
      return countAlone(key, rule, now);
    }
  }

  return {
    take: (key, rule, now) => (commands.isUp ? takeShared : countAlone)(key, rule, now),
    async reset(key) {
      alone.reset(key);
      if (commands.isUp) await commands.send("DEL", [nameOf(key)]);
    },
  };
}
