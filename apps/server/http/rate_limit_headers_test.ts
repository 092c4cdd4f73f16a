import { expect, test } from "bun:test";
import { type Count, countOne } from "@postern/auth";
import { epochMs, hours, minutes, seconds } from "@postern/std";
import { type NamedRule, rateLimitHeaders } from "./rate_limit_headers.ts";

const ANONYMOUS: NamedRule = { id: "anonymous", count: 100, windowMs: minutes(1) };
const LOGIN: NamedRule = { id: "login_address", count: 10, windowMs: minutes(1) };
const SIGNUP: NamedRule = { id: "signup_address", count: 5, windowMs: hours(1) };

/** What the `calls`th call at one moment comes to. */
function countAt(rule: NamedRule, calls: number): Count {
  let step = countOne(rule, undefined, epochMs(1_790_000_000_000));
  for (let n = 1; n < calls; n += 1) {
    step = countOne(rule, step.spentUntilUs, epochMs(1_790_000_000_000));
  }
  return step.count;
}

test("rateLimitHeaders() tells a refused caller when to come back, in whole seconds", () => {
  expect(rateLimitHeaders(LOGIN, countAt(LOGIN, 11))).toEqual({
    "ratelimit-policy": '"login_address";q=10;w=60',
    ratelimit: '"login_address";r=0;t=6',
    "retry-after": "6",
  });
  expect(rateLimitHeaders(SIGNUP, countAt(SIGNUP, 6))).toEqual({
    "ratelimit-policy": '"signup_address";q=5;w=3600',
    ratelimit: '"signup_address";r=0;t=720',
    "retry-after": "720",
  });
});

test("rateLimitHeaders() rounds up and never says 0 (retrying at once)", () => {
  const refused = { allowed: false, remaining: 0, resetMs: 60_000 };
  for (const [retryAfterMs, shown] of [
    [1, "1"],
    [1_000, "1"],
    [1_001, "2"],
    [0, "1"],
  ] as const) {
    expect(rateLimitHeaders(ANONYMOUS, { ...refused, retryAfterMs })["retry-after"]).toBe(shown);
  }
});

test("rateLimitHeaders() sends a caller that waited as told through", () => {
  let spentUntilUs: number | undefined;
  for (let n = 0; n < 11; n += 1) {
    spentUntilUs = countOne(LOGIN, spentUntilUs, epochMs(1_790_000_000_123)).spentUntilUs;
  }
  const { count } = countOne(LOGIN, spentUntilUs, epochMs(1_790_000_001_234));
  const waitMs = seconds(Number(rateLimitHeaders(LOGIN, count)["retry-after"]));
  expect(countOne(LOGIN, spentUntilUs, epochMs(1_790_000_001_234 + waitMs)).count.allowed).toBe(
    true,
  );
});

test("rateLimitHeaders() asks nobody to retry who was let through", () => {
  const headers = rateLimitHeaders(LOGIN, countAt(LOGIN, 1));
  expect(headers).toEqual({
    "ratelimit-policy": '"login_address";q=10;w=60',
    ratelimit: '"login_address";r=9;t=54',
  });
  expect(Object.keys(headers)).not.toContain("retry-after");
});

test("rateLimitHeaders() never promises a higher pace than the rule has", () => {
  for (const rule of [ANONYMOUS, LOGIN, SIGNUP]) {
    for (let calls = 1; calls <= rule.count; calls += 1) {
      const { ratelimit } = rateLimitHeaders(rule, countAt(rule, calls));
      const [, remaining = "", seconds = ""] = /;r=(\d+);t=(\d+)$/.exec(ratelimit) ?? [];
      expect(Number(remaining)).toBe(rule.count - calls);
      expect(Number(remaining) / Number(seconds)).toBeLessThanOrEqual(
        rule.count / (rule.windowMs / 1_000) + 1e-9,
      );
    }
  }
});

test("rateLimitHeaders() says with the last one spent when there is one more", () => {
  expect(rateLimitHeaders(LOGIN, countAt(LOGIN, 10)).ratelimit).toBe('"login_address";r=0;t=6');
});

test("rateLimitHeaders() writes a name that ends no string (header injection)", () => {
  const rule = { ...LOGIN, id: 'a";q=9\\\r\nX: é' };
  const headers = rateLimitHeaders(rule, countAt(rule, 11));
  expect(headers["ratelimit-policy"]).toBe('"a\\";q=9\\\\??X: ?";q=10;w=60');
  expect(() => new Headers({ ...headers })).not.toThrow();
});

test("rateLimitHeaders() stays well-formed for a rule that refuses everything", () => {
  const none = { id: "anonymous", count: 0, windowMs: minutes(1) };
  expect(rateLimitHeaders(none, countAt(none, 1))).toEqual({
    "ratelimit-policy": '"anonymous";q=0;w=60',
    ratelimit: '"anonymous";r=0;t=60',
    "retry-after": "60",
  });
});
