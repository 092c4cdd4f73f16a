import { expect, test } from "bun:test";
import { hourly, mostOf, nearest, pointsOf, type Sample, spanOf } from "./day_lines.ts";

const NOW_MS = Date.parse("2026-01-02T00:00:00.000Z");
const SAMPLES: readonly Sample[] = [
  { at: "2026-01-01T12:00:00.000Z", sessions: 0, sockets: 2 },
  { at: "2026-01-01T12:30:00.000Z", sessions: 5, sockets: 1 },
  { at: "2026-01-02T00:00:00.000Z", sessions: 10, sockets: 0 },
];

const HOUR_MS = 3_600_000;

test("pointsOf() places samples along the time, the most of them at the top", () => {
  const span = spanOf(SAMPLES, NOW_MS);
  expect(span).toEqual({ fromMs: NOW_MS - 12 * HOUR_MS, toMs: NOW_MS });
  const plot = { width: 240, height: 10, span };
  expect(pointsOf(SAMPLES, "sessions", plot)).toBe("0.0,10.0 10.0,5.0 240.0,0.0");
  expect(pointsOf([], "sessions", plot)).toBe("");
  expect(mostOf([], "sockets")).toBe(1);
});

test("spanOf() shows a day at most, and ten minutes at least", () => {
  expect(spanOf(SAMPLES, NOW_MS + 30 * HOUR_MS).fromMs).toBe(NOW_MS + 6 * HOUR_MS);
  expect(spanOf(SAMPLES.slice(2), NOW_MS).fromMs).toBe(NOW_MS - HOUR_MS / 6);
});

test("nearest() finds the sample that is pointed at, and hourly() the last of each hour", () => {
  const span = spanOf(SAMPLES, NOW_MS);
  expect(nearest(SAMPLES, 0.9, span)?.sessions).toBe(10);
  expect(nearest(SAMPLES, 0, span)?.sessions).toBe(0);
  expect(nearest([], 0.5, span)).toBe(undefined);
  expect(hourly(SAMPLES).map(({ sessions }) => sessions)).toEqual([5, 10]);
});
