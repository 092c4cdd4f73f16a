import { expect, test } from "bun:test";
import { fullTime, shortTime } from "./time_words.ts";

const NOW = Date.parse("2026-11-24T12:00:00Z");

test("shortTime() leaves the year out where it is this one", () => {
  expect(shortTime(Date.parse("2026-11-24T09:05:07Z"), NOW, "utc")).toBe("24 Nov 09:05:07");
  expect(shortTime(Date.parse("2025-01-02T09:05:07Z"), NOW, "utc")).toBe("02 Jan 2025 09:05:07");
});

test("fullTime() names the zone", () => {
  expect(fullTime(NOW, "utc")).toBe("24 Nov 2026, 12:00:00 UTC");
});
