import { expect, test } from "bun:test";
import { drain, meet, NOTHING_MET } from "./notice_tally.ts";

const MINUTE_MS = 60_000;
const EACH = { atLeast: 1, withinMin: 10 };
const FIVE = { atLeast: 5, withinMin: 10 };

test("drain() tells of enough events within the time, and of each once", () => {
  const four = meet(NOTHING_MET, 4, 0);
  expect(drain(four, FIVE, 0).count).toBe(0);
  const five = meet(four, 1, 9 * MINUTE_MS);
  const told = drain(five, FIVE, 9 * MINUTE_MS);
  expect(told.count).toBe(5);
  expect(drain(told.left, FIVE, 20 * MINUTE_MS).count).toBe(0);
});

test("drain() forgets events that are too long ago", () => {
  const four = meet(NOTHING_MET, 4, 0);
  const { left } = drain(four, FIVE, 10 * MINUTE_MS);
  expect(left.times).toEqual([]);
  expect(drain(meet(left, 4, 10 * MINUTE_MS), FIVE, 10 * MINUTE_MS).count).toBe(0);
});

test("drain() makes a flood one notification, and then one a minute", () => {
  const first = drain(meet(NOTHING_MET, 1, 0), EACH, 0);
  expect(first.count).toBe(1);
  const more = meet(first.left, 5_000, 1_000);
  expect(drain(more, EACH, 1_000).count).toBe(0);
  expect(drain(more, EACH, MINUTE_MS).count).toBe(1_000);
});
