import { expect, test } from "bun:test";
import { epochMs, minutes } from "@postern/std";
import { createMemoryCounters, type MemoryCounters } from "./memory_counters.ts";

const RULE = { count: 10, windowMs: minutes(1) };
const START_MS = 1_790_000_000_000;

function take(counters: MemoryCounters, key: string, atMs = 0) {
  return counters.take(key, RULE, epochMs(START_MS + atMs));
}

function hold(counters: MemoryCounters, key: string): void {
  for (let n = 0; n < 11; n += 1) take(counters, key);
}

test("take() answers at once, without a promise", () => {
  expect(take(createMemoryCounters(), "a")).not.toBeInstanceOf(Promise);
});

test("take() never holds more entries than the limit (memory exhaustion by many addresses)", () => {
  const counters = createMemoryCounters(100);
  for (let n = 0; n < 10_000; n += 1) {
    expect(take(counters, `address ${n}`).allowed).toBe(true);
    expect(counters.size()).toBeLessThanOrEqual(100);
  }
});

test("take() keeps held callers held through a flood of addresses (evicting one's own block)", () => {
  const counters = createMemoryCounters(1_000);
  for (let n = 0; n < 50; n += 1) hold(counters, `held ${n}`);
  for (let n = 0; n < 100_000; n += 1) take(counters, `flood ${n}`);
  for (let n = 0; n < 50; n += 1) expect(take(counters, `held ${n}`).allowed).toBe(false);
});

test("take() keeps held callers held through a flood that spends half of the count", () => {
  const counters = createMemoryCounters(1_000);
  hold(counters, "held");
  for (let n = 0; n < 20_000; n += 1) {
    for (let again = 0; again < 5; again += 1) take(counters, `flood ${n}`);
  }
  expect(take(counters, "held").allowed).toBe(false);
});

test("take() keeps a held caller held beside many others that are (evicting by numbers)", () => {
  const counters = createMemoryCounters(1_000);
  for (let n = 0; n < 600; n += 1) hold(counters, `held ${n}`);
  for (let n = 0; n < 20_000; n += 1) take(counters, `flood ${n}`);
  const stillHeld = Array.from({ length: 600 }, (_, n) => take(counters, `held ${n}`).allowed);
  expect(stillHeld.filter((allowed) => !allowed)).toHaveLength(600);
});

test("take() keeps the limit even where all are held", () => {
  const counters = createMemoryCounters(50);
  for (let n = 0; n < 500; n += 1) hold(counters, `held ${n}`);
  expect(counters.size()).toBeLessThanOrEqual(50);
});

test("take() sweeps out entries that mean nothing any more, as new ones come", () => {
  const counters = createMemoryCounters(10_000);
  for (let n = 0; n < 1_000; n += 1) take(counters, `early ${n}`);
  expect(counters.size()).toBe(1_000);
  for (let n = 0; n < 500; n += 1) take(counters, `late ${n}`, minutes(2));
  expect(counters.size()).toBeLessThanOrEqual(501);
});

test("take() does not sweep out an entry that still counts", () => {
  const counters = createMemoryCounters(10_000);
  hold(counters, "held");
  for (let n = 0; n < 1_000; n += 1) take(counters, `other ${n}`, 1_000);
  expect(take(counters, "held", 1_000)).toMatchObject({ allowed: false, retryAfterMs: 5_000 });
});

test("take() stays quick while it is full", () => {
  const counters = createMemoryCounters(10_000);
  for (let n = 0; n < 10_000; n += 1) take(counters, `first ${n}`);
  const startedAt = performance.now();
  for (let n = 0; n < 20_000; n += 1) take(counters, `more ${n}`);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
