import { expect, test } from "bun:test";
import { holds } from "./figure.ts";
import { jsonOf, rowOf } from "./row.ts";

test("holds() counts the goal itself as reached", () => {
  const least = { of: "ratio", bound: "at_least", number: 0.85 } as const;
  expect([0.84, 0.85, 2].map((ratio) => holds(least, 1, ratio))).toEqual([false, true, true]);
  const most = { of: "ratio", bound: "at_most", number: 3 } as const;
  expect([2, 3, 3.1].map((ratio) => holds(most, 1, ratio))).toEqual([true, true, false]);
});

test("holds() looks at the value where there is no floor, and never holds without a ratio", () => {
  const size = { of: "value", bound: "at_most", number: 150 } as const;
  expect(holds(size, 150, null)).toBe(true);
  expect(holds(size, 151, null)).toBe(false);
  expect(holds({ ...size, of: "ratio" }, 1, null)).toBe(false);
});

test("rowOf() compares the medians, and spreads the ratios of rounds", () => {
  const row = rowOf({ figure: "me", values: [80, 90, 100], floors: [100, 100, 200] });
  expect(row).toMatchObject({ value: 90, floor: 100, ratio: 0.9, goal: 0.85, holds: true });
  expect(row.spread).toEqual({ least: 0.5, greatest: 0.9 });
});

test("rowOf() takes a figure without floor by its value", () => {
  const row = rowOf({ figure: "script", values: [160], floors: [] });
  expect(row).toMatchObject({ value: 160, floor: null, ratio: null, goal: 150, holds: false });
  expect(row.spread).toEqual({ least: 160, greatest: 160 });
});

test("jsonOf() has the fields that were promised, and no others", () => {
  const row = rowOf({ figure: "start", values: [300], floors: [90], notes: ["x"] });
  expect(jsonOf([row])).toBe(
    '{"rows":[{"figure":"start","value":300,"floor":90,"ratio":3.333,"goal":3,"holds":false}]}',
  );
});
