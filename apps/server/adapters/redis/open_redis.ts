/**
 * What several processes share through Redis: the bus and the counters.
 *
 * Without it the server goes on: each process counts by itself, and learns of the others from the
 * database. That it has gone, and come back, is said in the log.
 *
 * @module
 */

import type { Counters } from "@postern/auth";
import type { Bus } from "../../bus_port.ts";
import type { Log } from "../../log_port.ts";
import { createMemoryCounters } from "../memory_counters.ts";
import { createRedisBus } from "./redis_bus.ts";
import { createRedisCounters } from "./redis_counters.ts";
import { createRedisLink } from "./redis_link.ts";

/** A Redis that is connected, or tried again and again. */
export interface Redis {
  readonly bus: Bus;
  readonly counters: Counters;
  /** Whether it answers. */
  readonly isUp: boolean;
  /** How often something was counted in this process alone. */
  readonly countedAlone: number;
  /** Resolves once the first attempt has succeeded or failed. */
  readonly tried: Promise<void>;
  close(): void;
}

/** How to reach it. */
export interface RedisOptions {
  readonly url: string;
  /** What the server's processes have in common and no other server has: its PUBLIC_URL. */
  readonly name: string;
  readonly log: Pick<Log, "info" | "warn">;
}

/** Of what is said through it: processes of one server that say it differently do not meet. */
const VERSION = 1;

const AWAY =
  "redis cannot be reached: limits are counted in this process alone, messages of others come late";

/** Begins to connect. */
export function openRedis({ url, name, log }: RedisOptions): Redis {
  const namespace = `postern:${VERSION}:${name}:`;
  let countedAlone = 0;
  const commands = createRedisLink({
    url,
    onUp() {
      log.info("redis is connected");
      bus.commandsChanged();
    },
    onDown() {
      log.warn(AWAY);
      bus.commandsChanged();
    },
  });
  const bus = createRedisBus({ url, namespace, commands, log });
  const counters = createRedisCounters({
    commands,
    namespace: `${namespace}limit:`,
    alone: createMemoryCounters(),
    onAlone: () => {
      countedAlone += 1;
    },
  });
  const tried = commands.tried.then(() => {
    if (!commands.isUp) log.warn(AWAY);
  });
  return {
    bus,
    counters,
    tried,
    get isUp() {
      return commands.isUp;
    },
    get countedAlone() {
      return countedAlone;
    },
    close() {
      bus.close();
      commands.close();
    },
  };
}
