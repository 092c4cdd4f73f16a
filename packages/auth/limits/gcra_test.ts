import { expect, test } from "bun:test";
import { days, epochMs, hours, minutes, seconds } from "@postern/std";
import { type Count, countOne, type RateRule, type SpentUntilUs } from "./gcra.ts";

const START_MS = 1_790_000_000_000;

/** One caller under a rule that may change, at times in milliseconds after the start. */
function caller(rule: RateRule) {
  let spentUntilUs: SpentUntilUs | undefined;
  return function take(atMs: number, changed: RateRule = rule): Count {
    const step = countOne(changed, spentUntilUs, epochMs(START_MS + atMs));
    spentUntilUs = step.spentUntilUs;
    return step.count;
  };
}

/** How many of `tries` at one moment are allowed. */
function burst(take: (atMs: number) => Count, atMs: number, tries: number): number {
  return Array.from({ length: tries }, () => take(atMs)).filter(({ allowed }) => allowed).length;
}

const TEN_A_MINUTE: RateRule = { count: 10, windowMs: minutes(1) };

test("countOne() counts down from the first call", () => {
  const take = caller(TEN_A_MINUTE);
  expect(take(0)).toEqual({ allowed: true, remaining: 9, resetMs: 6_000, retryAfterMs: 0 });
  expect(take(0)).toEqual({ allowed: true, remaining: 8, resetMs: 12_000, retryAfterMs: 0 });
  expect(burst(take, 0, 7)).toBe(7);
  expect(take(0)).toEqual({ allowed: true, remaining: 0, resetMs: 60_000, retryAfterMs: 0 });
  expect(take(0)).toEqual({ allowed: false, remaining: 0, resetMs: 60_000, retryAfterMs: 6_000 });
});

test("countOne() allows the next exactly when it says so, and not a millisecond before", () => {
  const take = caller(TEN_A_MINUTE);
  burst(take, 0, 10);
  expect(take(1_000).retryAfterMs).toBe(5_000);
  expect(take(5_999)).toMatchObject({ allowed: false, retryAfterMs: 1 });
  expect(take(6_000)).toMatchObject({ allowed: true, remaining: 0 });
  expect(take(6_000)).toMatchObject({ allowed: false, retryAfterMs: 6_000 });
});

test("countOne() does not hold refused calls against a caller (lockout by retrying)", () => {
  const take = caller(TEN_A_MINUTE);
  burst(take, 0, 10);
  expect(burst(take, 3_000, 1_000)).toBe(0);
  expect(take(6_000).allowed).toBe(true);
});

test("countOne() lets no more than the count and one per pace through, across any edge (double burst at the window's edge)", () => {
  const take = caller(TEN_A_MINUTE);
  expect(burst(take, 59_999, 100)).toBe(10);
  expect(burst(take, 60_001, 100)).toBe(0);
  expect(burst(take, 119_999, 100)).toBe(10);
});

test("countOne() gives all of it back after a quiet window, and no more", () => {
  const take = caller(TEN_A_MINUTE);
  burst(take, 0, 10);
  expect(burst(take, minutes(1), 100)).toBe(10);
  expect(burst(take, days(30), 100)).toBe(10);
});

test.each([
  [1, seconds(1)],
  [3, seconds(10)],
  [7, minutes(1)],
  [5, hours(1)],
  [60, minutes(1)],
  [1_000, minutes(1)],
  [997, minutes(1)],
  [10_000, minutes(1)],
  [100_000, seconds(1)],
  [1, days(1)],
])(
  "countOne() allows exactly %d at once in %d ms, whatever the division leaves over",
  (count, windowMs) => {
    const rule = { count, windowMs };
    expect(burst(caller(rule), 0, count + 2)).toBe(count);
    expect(burst(caller(rule), 123_457, count + 2)).toBe(count);
    expect(burst(caller(rule), days(20_000), count + 2)).toBe(count);
  },
);

test("countOne() keeps the rate over a long time", () => {
  const take = caller({ count: 7, windowMs: minutes(1) });
  let allowed = 0;
  for (let atMs = 0; atMs < hours(10); atMs += 500) if (take(atMs).allowed) allowed += 1;
  // 7 a minute for 600 minutes, and the burst in front.
  expect(allowed).toBeGreaterThanOrEqual(4_190);
  expect(allowed).toBeLessThanOrEqual(4_207);
});

test("countOne() is in force as changed on the next call, looser and stricter", () => {
  const take = caller({ count: 5, windowMs: hours(1) });
  burst(take, 0, 5);
  expect(take(1_000).retryAfterMs).toBe(hours(1) / 5 - 1_000);
  // One window of the new rule is the longest that anyone is held.
  expect(take(1_000, TEN_A_MINUTE)).toMatchObject({ allowed: false, retryAfterMs: 6_000 });
  expect(take(7_000, TEN_A_MINUTE).allowed).toBe(true);
  expect(take(7_000, { count: 1, windowMs: hours(1) }).allowed).toBe(false);
});

test("countOne() holds nobody longer than a window when the clock is set back (clock change)", () => {
  const take = caller(TEN_A_MINUTE);
  burst(take, days(1), 10);
  expect(take(0)).toMatchObject({ allowed: false, retryAfterMs: 6_000 });
  expect(take(6_000).allowed).toBe(true);
});

test("countOne() refuses everything where the count is 0", () => {
  const take = caller({ count: 0, windowMs: minutes(1) });
  for (const atMs of [0, minutes(1), hours(1)]) {
    expect(take(atMs)).toEqual({
      allowed: false,
      remaining: 0,
      resetMs: 0,
      retryAfterMs: minutes(1),
    });
  }
});

test("countOne() says how many are left as they come back", () => {
  const take = caller(TEN_A_MINUTE);
  burst(take, 0, 10);
  expect(take(30_000).remaining).toBe(4);
  expect(take(90_000).remaining).toBe(9);
});

test("countOne() keeps a whole number, within one window of now", () => {
  let spentUntilUs: SpentUntilUs | undefined;
  const rule = { count: 7, windowMs: minutes(1) };
  for (let n = 0; n < 100; n += 1) {
    const now = epochMs(START_MS + n * 333);
    spentUntilUs = countOne(rule, spentUntilUs, now).spentUntilUs;
    expect(Number.isSafeInteger(spentUntilUs)).toBe(true);
    expect(spentUntilUs - now * 1_000).toBeWithin(0, rule.windowMs * 1_000 + 1);
  }
});
