import { expect, test } from "bun:test";
import { epochMs } from "./clock.ts";
import { parseTime, timeText } from "./rfc3339.ts";

test("timeText() writes what the runtime writes, over four centuries", () => {
  const step = 86_400_000 * 13 + 12_345_678;
  for (let at = Date.UTC(1900, 0, 1); at < Date.UTC(2300, 0, 1); at += step) {
    expect(timeText(epochMs(at))).toBe(new Date(at).toISOString());
  }
});

test("parseTime() reads back what timeText() wrote", () => {
  for (const at of [0, 951_782_399_999, 1_780_000_000_123]) {
    expect(parseTime(timeText(epochMs(at)))).toBe(epochMs(at));
  }
});

test("parseTime() reads dates and offsets", () => {
  expect(parseTime("2026-11-24")).toBe(epochMs(Date.UTC(2026, 10, 24)));
  expect(parseTime("2026-11-24T10:00+02:00")).toBe(epochMs(Date.UTC(2026, 10, 24, 8)));
});

test("parseTime() refuses what is no time", () => {
  const bad = ["", "2026", "2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "2026-01-00"];
  bad.push("2026-01-01T24:00Z", "2026-01-01T10:60Z", "2026-01-01T10:00", "2026-01-01T10:00+25:00");
  for (const text of bad) expect(parseTime(text)).toBeUndefined();
});
