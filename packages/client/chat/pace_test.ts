/**
 * @module
 */

import { expect, test } from "bun:test";
import { createPace } from "./pace.ts";

test("waitMs() holds the message after the eighteenth until the first is 10 s old", () => {
  const pace = createPace();
  for (let sent = 0; sent < 18; sent += 1) {
    expect(pace.waitMs(sent)).toBe(0);
    pace.count(sent);
  }
  expect(pace.waitMs(4_000)).toBe(6_000);
  expect(pace.waitMs(9_999)).toBe(1);
  expect(pace.waitMs(10_000)).toBe(0);
});
