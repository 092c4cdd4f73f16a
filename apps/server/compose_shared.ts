/**
 * What the processes of one server share beside the database: bus and counters.
 *
 * In memory for a server of one process, through Redis for one of several.
 *
 * @module
 */

import type { Counters } from "@postern/auth";
import { createMemoryBus } from "./adapters/memory_bus.ts";
import { createMemoryCounters } from "./adapters/memory_counters.ts";
import { openRedis } from "./adapters/redis/open_redis.ts";
import { signBus } from "./adapters/signed_bus.ts";
import type { Bus } from "./bus_port.ts";
import type { SettledConfig } from "./config.ts";
import type { Log } from "./log_port.ts";

/** Bus and counters. */
export interface Shared {
  readonly bus: Bus;
  readonly counters: Counters;
  /** What counts for this process alone. */
  readonly ownCounters: Counters;
  /** How it is with Redis; null where there is none. */
  readonly redis: SharedRedis | null;
  close(): void;
}

/** How it is with Redis. */
export interface SharedRedis {
  readonly isUp: boolean;
  /** How often something was counted in this process alone. */
  readonly countedAlone: number;
}

/** Opens them. With Redis it waits for the first attempt to connect, and goes on whatever came of it. */
export async function openShared(config: SettledConfig, log: Log): Promise<Shared> {
  const ownCounters = createMemoryCounters();
  if (config.redisUrl === undefined) {
    const bus = createMemoryBus().join();
    return { bus, counters: ownCounters, ownCounters, redis: null, close: () => bus.close() };
  }
  const redis = openRedis({ url: config.redisUrl, name: config.publicUrl, log });
  await redis.tried;
  const { bus, counters } = redis;
  return { bus, counters, ownCounters, redis, close: () => redis.close() };
}

/** The bus for what is believed as it is heard: signed where it leaves the process. */
export function openSignedBus(
  { bus, redis }: Shared,
  { key, log }: { readonly key: Uint8Array; readonly log: Log },
): Bus {
  return redis === null ? bus : signBus({ bus, key, log });
}
