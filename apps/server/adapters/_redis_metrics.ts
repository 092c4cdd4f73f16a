/**
 * What is told of Redis, where there is one.
 *
 * @module
 */

import type { Registry } from "prom-client";
import { addCounterOf, addGauge } from "./_metric_kinds.ts";

/** How it is with Redis now. */
export interface RedisState {
  readonly isUp: boolean;
  /** How often something was counted in this process alone. */
  readonly countedAlone: number;
}

/** Adds them. */
export function addRedisMetrics(registry: Registry, redis: RedisState): void {
  addGauge(registry, {
    name: "postern_redis_up",
    help: "1 while Redis answers",
    read: () => (redis.isUp ? 1 : 0),
  });
  addCounterOf(registry, {
    name: "postern_counted_alone_total",
    help: "Requests counted in this process alone, since Redis did not answer",
    read: () => redis.countedAlone,
  });
}
