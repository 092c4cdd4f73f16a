/**
 * @module
 */

import { expect, test } from "bun:test";
import { backoffMs } from "./backoff.ts";

test("backoffMs() doubles, ends at 30 s, and spreads each wait over its upper half", () => {
  expect([0, 1, 2].map((attempt) => backoffMs(attempt, 0))).toEqual([250, 500, 1_000]);
  expect([0, 1, 2].map((attempt) => backoffMs(attempt, 0.5))).toEqual([375, 750, 1_500]);
  expect(backoffMs(6, 0)).toBe(15_000);
  expect(backoffMs(10_000, 0.999_999)).toBe(30_000);
});
