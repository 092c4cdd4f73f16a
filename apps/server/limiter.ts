/**
 * Counts against the rows of limits, which are read when they change and not when they are used.
 *
 * @module
 */

import type { Counters, Limit, Limiter, LimitId, RateLimited } from "@postern/auth";
import { type Clock, err, ok, type Result } from "@postern/std";

/** A limiter whose rows can be replaced while it runs. */
export interface LiveLimiter extends Limiter {
  /** Puts other rows in force, from the next request on. */
  replace(limits: readonly Limit[]): void;
  /** The row of a limit; `undefined` where there is none. */
  find(id: string): Limit | undefined;
  /** Forgets what a limit counted of somebody. */
  reset(limit: LimitId, subject: string): Promise<void>;
}

const FREE = ok(null);

/** Makes a limiter without rows: it refuses nothing until it is given some. */
export function createLimiter(deps: {
  readonly clock: Clock;
  readonly counters: Counters;
  /** Counts what comes by one connection, and so to one process. */
  readonly ownCounters: Counters;
}): LiveLimiter {
  let rows = new Map<string, Limit>();

  async function later(
    limit: LimitId,
    count: ReturnType<Counters["take"]>,
  ): Promise<Result<null, RateLimited>> {
    const { allowed, retryAfterMs } = await count;
    return allowed ? FREE : err({ code: "rate_limited", limit, retryAfterMs });
  }

  return {
    take(limit, subject) {
      const row = rows.get(limit);
      if (row === undefined || !row.enabled) return FREE;
      const counters = row.scope === "connection" ? deps.ownCounters : deps.counters;
      const count = counters.take(`${limit} ${subject}`, row, deps.clock.now());
      if (count instanceof Promise) return later(limit, count);
      if (count.allowed) return FREE;
      return err({ code: "rate_limited", limit, retryAfterMs: count.retryAfterMs });
    },
    replace(limits) {
      rows = new Map(limits.map((limit) => [limit.id, limit]));
    },
    find: (id) => rows.get(id),
    async reset(limit, subject) {
      await deps.counters.reset(`${limit} ${subject}`);
    },
  };
}
