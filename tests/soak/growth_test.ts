import { expect, test } from "bun:test";
import { holdsMore, judgeGrowth, type Sample, trendOf } from "./growth.ts";

/** A sample a second, each as a function of the minute says. */
function samples(count: number, mib: (minute: number) => number): Sample[] {
  return Array.from({ length: count }, (_, second) => ({
    at: second * 1_000,
    pid: 1,
    residentMib: mib(second / 60),
    files: 30,
    threads: 9,
  }));
}

test("trendOf() finds the slope of a line, a minute, and its ends", () => {
  const trend = trendOf(
    samples(121, (minute) => 100 + 3 * minute),
    "residentMib",
  );
  expect(trend?.slope).toBeCloseTo(3, 6);
  expect(trend?.minutes).toBe(2);
  expect(trend?.from).toBeLessThan(102);
  expect(trend?.to).toBeGreaterThan(104);
});

test("trendOf() is not turned by a few that lie far off", () => {
  const trend = trendOf(
    samples(121, (minute) => (minute > 1 && minute < 1.1 ? 900 : 100)),
    "residentMib",
  );
  expect(trend?.slope).toBe(0);
});

test("trendOf() of what stays is 0, and of too few nothing", () => {
  expect(
    trendOf(
      samples(30, (minute) => minute),
      "files",
    ),
  ).toMatchObject({ slope: 0, to: 30 });
  expect(
    trendOf(
      samples(3, (minute) => minute),
      "files",
    ),
  ).toBeUndefined();
});

test("trendOf() takes a long time with as little work as a short one", () => {
  expect(
    trendOf(
      samples(20_000, (minute) => minute),
      "residentMib",
    )?.slope,
  ).toBeCloseTo(1, 6);
});

test("judgeGrowth() finds memory that grows on, and excuses what comes to rest or lasts too short", () => {
  expect(judgeGrowth(samples(720, (minute) => 100 + 5 * minute))).toEqual([
    "residentMib grew from 108 to 153 in 12 minutes",
  ]);
  expect(judgeGrowth(samples(720, () => 100))).toEqual([]);
  expect(judgeGrowth(samples(60, (minute) => 100 + 90 * minute))).toEqual([]);
});

test("holdsMore() allows the files that work takes, and no more", () => {
  const [fresh] = samples(1, () => 100);
  if (fresh === undefined) throw new Error("There is no sample");
  expect(holdsMore({ ...fresh, files: 46 }, fresh)).toBe(false);
  expect(holdsMore({ ...fresh, files: 47 }, fresh)).toBe(true);
  expect(holdsMore(undefined, fresh)).toBe(false);
});
