/**
 * Headers of a refusal that passes with time.
 *
 * @module
 */

import { seconds } from "@postern/std";
import type { LiveLimiter } from "../limiter.ts";
import { rateLimitHeaders } from "./rate_limit_headers.ts";
import type { RefusalError } from "./route.ts";

/** Makes the headers of a 429, whose rule is looked up, or of a 503, which has none. */
export function createLimitHeaders(limiter: Pick<LiveLimiter, "find">) {
  return (error: RefusalError): Readonly<Record<string, string>> => {
    const retryAfterMs = error.retryAfterMs ?? seconds(1);
    const rule = error.limit === undefined ? undefined : limiter.find(error.limit);
    if (rule === undefined) {
      return { "Retry-After": String(Math.max(1, Math.ceil(retryAfterMs / seconds(1)))) };
    }
    const outcome = { allowed: false, remaining: 0, resetMs: retryAfterMs, retryAfterMs };
    return { ...rateLimitHeaders(rule, outcome) };
  };
}
