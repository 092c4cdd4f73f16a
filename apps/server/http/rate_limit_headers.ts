/**
 * Tells a caller by header fields how much it has left, and when to come back.
 *
 * `t` is not when all is back, but the time in which the caller may spend what it has at the pace
 * of the rule: so that `r` over `t` never promises more than the rule allows. With nothing left it
 * is the time until the next one.
 *
 * @see draft-ietf-httpapi-ratelimit-headers-11, sections 3, 4, 6 and 8.5
 * @see RFC 9110, section 10.2.3 (Retry-After); RFC 9651 (structured fields)
 * @module
 */

import type { Count, RateRule } from "@postern/auth";

/** A rule by the name that callers see. */
export interface NamedRule extends RateRule {
  readonly id: string;
}

/** The fields by lower-case name; `retry-after` where the call was refused. */
export interface RateLimitHeaders {
  readonly "ratelimit-policy": string;
  readonly ratelimit: string;
  readonly "retry-after"?: string;
}

/** Writes the fields for one rule. Whole seconds, rounded up, at least 1. */
export function rateLimitHeaders(rule: NamedRule, outcome: Count): RateLimitHeaders {
  const name = fieldString(rule.id);
  const policy = `${name};q=${rule.count};w=${wholeSeconds(rule.windowMs)}`;
  if (!outcome.allowed) {
    const seconds = wholeSeconds(outcome.retryAfterMs);
    return {
      "ratelimit-policy": policy,
      ratelimit: `${name};r=0;t=${seconds}`,
      "retry-after": String(seconds),
    };
  }
  const { remaining } = outcome;
  const paceMs = rule.windowMs / rule.count;
  const untilNextMs = outcome.resetMs - (rule.count - 1) * paceMs;
  const seconds = wholeSeconds(Math.max(remaining * paceMs, untilNextMs));
  return { "ratelimit-policy": policy, ratelimit: `${name};r=${remaining};t=${seconds}` };
}

function wholeSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}

/** A string of a structured field: printable ASCII in quotes. RFC 9651, section 4.1.6. */
function fieldString(text: string): string {
  const printable = text.replace(/[^\x20-\x7e]/g, "?");
  return `"${printable.replace(/["\\]/g, "\\$&")}"`;
}
