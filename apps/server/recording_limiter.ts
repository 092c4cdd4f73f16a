/**
 * A limiter that writes down what it decides.
 *
 * @module
 */

import type { LimitId } from "@postern/auth";
import type { NotedDecision } from "./decision_book_port.ts";
import type { LiveLimiter } from "./limiter.ts";

/** Writes decisions down. */
export function recordDecisions(
  limiter: LiveLimiter,
  note: (decision: NotedDecision) => void,
): LiveLimiter {
  async function noteLater(taking: Promise<Taken>, limit: LimitId, subject: string) {
    const taken = await taking;
    note({ limit, subject, retryAfterMs: retryAfter(taken) });
    return taken;
  }
  return {
    ...limiter,
    take(limit, subject) {
      const taken = limiter.take(limit, subject);
      if (taken instanceof Promise) return noteLater(taken, limit, subject);
      note({ limit, subject, retryAfterMs: retryAfter(taken) });
      return taken;
    },
  };
}

type Taken = Awaited<ReturnType<LiveLimiter["take"]>>;

/** At least a millisecond where it was refused. */
function retryAfter(taken: Taken): number {
  return taken.ok ? 0 : Math.max(1, taken.error.retryAfterMs);
}
