/**
 * What every adapter of the counters must do, as tests that run against each of them.
 *
 * Times are given, not waited for. A shared adapter is handed keys of its own by each test, so that
 * runs do not meet in one database.
 *
 * @module
 */

import { afterAll, describe, expect, test } from "bun:test";
import type { Count, Counters, RateRule } from "@postern/auth";
import { type EpochMs, epochMs, hours, minutes } from "@postern/std";

/** Counters to test, and what is to be done when the tests are over. */
export interface CountersUnderTest {
  readonly counters: Counters;
  readonly close?: () => void | Promise<void>;
}

/** Counters with what the tests need: keys of their own, and times after the start. */
interface Bench {
  readonly counters: Counters;
  readonly freshKey: () => string;
}

const TEN_A_MINUTE: RateRule = { count: 10, windowMs: minutes(1) };
const START_MS = Date.now();

/** Declares the tests of one adapter. `open` is called once. */
export function countersContract(adapter: string, open: () => CountersUnderTest): void {
  describe(`${adapter} keeps the contract of Counters`, () => {
    const { counters, close } = open();
    const run = crypto.randomUUID();
    let keys = 0;
    function freshKey(): string {
      keys += 1;
      return `contract:${run}:${keys}`;
    }
    afterAll(async () => {
      await close?.();
    });
    declareCounting({ counters, freshKey });
    declareKeys({ counters, freshKey });
    declareTimes({ counters, freshKey });
  });
}

function declareCounting({ counters, freshKey }: Bench): void {
  test("take() counts down and then refuses, with the time to wait", async () => {
    const counts = await takeMany(counters, freshKey(), 12);
    expect(counts.map(({ remaining }) => remaining)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0]);
    expect(counts[0]).toEqual({ allowed: true, remaining: 9, resetMs: 6_000, retryAfterMs: 0 });
    expect(counts[9]).toEqual({ allowed: true, remaining: 0, resetMs: 60_000, retryAfterMs: 0 });
    const refused = { allowed: false, remaining: 0, resetMs: 60_000, retryAfterMs: 6_000 };
    expect(counts.slice(10)).toEqual([refused, refused]);
  });

  test("take() lets exactly the count through when all come at once (race)", async () => {
    const key = freshKey();
    const counts = await Promise.all(
      Array.from({ length: 50 }, () => counters.take(key, TEN_A_MINUTE, at(0))),
    );
    expect(counts.filter(({ allowed }) => allowed)).toHaveLength(10);
  });

  test("take() goes by the rule that it is given", async () => {
    const key = freshKey();
    await takeMany(counters, key, 10);
    const looser = { count: 100, windowMs: hours(1) };
    expect(await counters.take(key, looser, at(0))).toMatchObject({ allowed: true });
    const none = { count: 0, windowMs: minutes(1) };
    expect(await counters.take(key, none, at(0))).toMatchObject({
      allowed: false,
      retryAfterMs: minutes(1),
    });
  });
}

function declareKeys({ counters, freshKey }: Bench): void {
  test("take() counts each key by itself", async () => {
    const [held, free] = [freshKey(), freshKey()];
    await takeMany(counters, held, 11);
    expect(await counters.take(free, TEN_A_MINUTE, at(0))).toMatchObject({ remaining: 9 });
    expect(await counters.take(held, TEN_A_MINUTE, at(0))).toMatchObject({ allowed: false });
  });

  test("take() keeps keys apart that look alike (key confusion)", async () => {
    const base = freshKey();
    // The fourth `a` is Cyrillic.
    const suffixes = [":a", ":A", ": a", ":\u0430", "\u0000:a", "::a", ":a ", ":a\n"];
    for (const suffix of suffixes) {
      const count = await counters.take(`${base}${suffix}`, TEN_A_MINUTE, at(0));
      expect(count).toMatchObject({ remaining: 9 });
    }
  });

  test("reset() forgets one key, and knows no unknown one", async () => {
    const [held, other] = [freshKey(), freshKey()];
    await takeMany(counters, held, 10);
    await takeMany(counters, other, 10);
    await counters.reset(held);
    await counters.reset(freshKey());
    expect(await counters.take(held, TEN_A_MINUTE, at(0))).toMatchObject({ remaining: 9 });
    expect(await counters.take(other, TEN_A_MINUTE, at(0))).toMatchObject({ allowed: false });
  });
}

function declareTimes({ counters, freshKey }: Bench): void {
  test("take() allows the next when it said so, and not before", async () => {
    const key = freshKey();
    await takeMany(counters, key, 10);
    const early = await counters.take(key, TEN_A_MINUTE, at(5_999));
    expect(early).toMatchObject({ allowed: false, retryAfterMs: 1 });
    expect(await counters.take(key, TEN_A_MINUTE, at(6_000))).toMatchObject({ allowed: true });
    expect(await counters.take(key, TEN_A_MINUTE, at(6_000))).toMatchObject({ allowed: false });
  });

  test("take() gives the whole count back after a quiet window", async () => {
    const key = freshKey();
    await takeMany(counters, key, 11);
    const count = await counters.take(key, TEN_A_MINUTE, at(minutes(1)));
    expect(count).toMatchObject({ allowed: true, remaining: 9 });
  });

  test("take() holds nobody longer than a window when the clock is set back (clock change)", async () => {
    const key = freshKey();
    for (let n = 0; n < 10; n += 1) await counters.take(key, TEN_A_MINUTE, at(hours(1)));
    const count = await counters.take(key, TEN_A_MINUTE, at(0));
    expect(count).toMatchObject({ allowed: false, retryAfterMs: 6_000 });
  });
}

/** Counts `times` more under a key, at the start. */
async function takeMany(counters: Counters, key: string, times: number): Promise<readonly Count[]> {
  const counts: Count[] = [];
  for (let n = 0; n < times; n += 1) counts.push(await counters.take(key, TEN_A_MINUTE, at(0)));
  return counts;
}

function at(afterMs: number): EpochMs {
  return epochMs(START_MS + afterMs);
}
