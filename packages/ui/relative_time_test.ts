import { expect, test } from "bun:test";
import { exactTime, relativeTime } from "./relative_time.ts";

const NOW = Date.UTC(2026, 0, 15, 12, 0, 0);

test("relativeTime() takes the largest unit that fits, rounded down", () => {
  expect(relativeTime(NOW - 44_999, NOW)).toBe("just now");
  expect(relativeTime(NOW - 45_000, NOW)).toBe("1 minute ago");
  expect(relativeTime(NOW - 119_999, NOW)).toBe("1 minute ago");
  expect(relativeTime(NOW - 3_600_000, NOW)).toBe("1 hour ago");
  expect(relativeTime(NOW - 86_400_000, NOW)).toBe("yesterday");
  expect(relativeTime(NOW - 40 * 86_400_000, NOW)).toBe("last month");
});

test("relativeTime() tells the future from the past", () => {
  expect(relativeTime(NOW + 3 * 86_400_000, NOW)).toBe("in 3 days");
  expect(relativeTime(NOW + 1_000, NOW)).toBe("just now");
});

test("exactTime() names the day, the minute and the zone", () => {
  expect(exactTime(NOW)).toMatch(/^1[45] Jan 2026,? .*\d{2}:\d{2}/);
});
