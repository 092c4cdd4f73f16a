import { expect, test } from "bun:test";
import { days, type EpochMs, epochMs, hours, minutes, seconds } from "@postern/std";
import { refreshTime, retryTime } from "./_refresh_times.ts";

const NOW = epochMs(1_000_000_000_000);
const LEAST = { bytes: (length: number) => new Uint8Array(length) };
const MOST = { bytes: (length: number) => new Uint8Array(length).fill(255) };

function tokens(lifetimeMs: number | null, sealedRefresh: string | null = "sealed") {
  return { expiresAt: lifetimeMs === null ? null : epochMs(NOW + lifetimeMs), sealedRefresh };
}

function fromNow(at: EpochMs | null): number | null {
  return at === null ? null : at - NOW;
}

test("refreshTime() is five to ten minutes before the end, spread by chance", () => {
  expect(fromNow(refreshTime(LEAST, tokens(hours(1)), NOW))).toBe(minutes(55));
  const soonest = fromNow(refreshTime(MOST, tokens(hours(1)), NOW)) ?? 0;
  expect(soonest).toBeGreaterThan(minutes(50));
  expect(soonest).toBeLessThan(minutes(50) + seconds(1));
});

test("refreshTime() leaves what lives shortly half of its life, and never asks more than once a minute", () => {
  expect(fromNow(refreshTime(LEAST, tokens(minutes(8)), NOW))).toBe(minutes(6));
  expect(fromNow(refreshTime(MOST, tokens(minutes(8)), NOW))).toBeGreaterThanOrEqual(minutes(4));
  for (const lifetimeMs of [seconds(60), seconds(1), 0, -hours(1)]) {
    expect(fromNow(refreshTime(MOST, tokens(lifetimeMs), NOW))).toBe(minutes(1));
  }
});

test("refreshTime() is never where nothing runs out, or nothing refreshes", () => {
  expect(refreshTime(LEAST, tokens(null), NOW)).toBeNull();
  expect(refreshTime(LEAST, tokens(hours(1), null), NOW)).toBeNull();
});

test("retryTime() waits a minute at least, as long as it is due, and an hour at most", () => {
  expect(fromNow(retryTime(LEAST, tokens(minutes(5)), NOW))).toBe(minutes(1));
  expect(fromNow(retryTime(LEAST, tokens(-minutes(8)), NOW))).toBe(minutes(10));
  expect(fromNow(retryTime(LEAST, tokens(-days(2)), NOW))).toBe(hours(1));
  const latest = fromNow(retryTime(MOST, tokens(-days(2)), NOW)) ?? 0;
  expect(latest).toBeGreaterThan(hours(1));
  expect(latest).toBeLessThan(minutes(75));
});

test("retryTime() gives up a week after the end, and where there is nothing to try with", () => {
  expect(retryTime(LEAST, tokens(-days(7) + 1), NOW)).not.toBeNull();
  expect(retryTime(LEAST, tokens(-days(7)), NOW)).toBeNull();
  expect(retryTime(LEAST, tokens(hours(1), null), NOW)).toBeNull();
});
