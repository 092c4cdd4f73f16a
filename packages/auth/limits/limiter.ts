/**
 * The port that counts what limits count.
 *
 * @module
 */

import type { Result } from "@postern/std";
import type { LimitId } from "./limit.ts";

/** A limit was reached. */
export interface RateLimited {
  readonly code: "rate_limited";
  readonly limit: LimitId;
  readonly retryAfterMs: number;
}

/** Counts one more, or refuses. */
export interface Limiter {
  /** @param subject Whom it is counted by: an address, a name, a user's id. */
  take(
    limit: LimitId,
    subject: string,
  ): Result<null, RateLimited> | Promise<Result<null, RateLimited>>;
}
