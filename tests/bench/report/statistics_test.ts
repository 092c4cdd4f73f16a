import { expect, test } from "bun:test";
import { median, quantile, spreadOf } from "./statistics.ts";

test("median() is the middle of an odd count, whatever the order", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([7])).toBe(7);
});

test("median() is the mean of the middle two of an even count", () => {
  expect(median([10, 2, 4, 1])).toBe(3);
});

test("median() sorts by number and leaves its argument alone", () => {
  const given = [100, 9, 20];
  expect(median(given)).toBe(20);
  expect(given).toEqual([100, 9, 20]);
});

test("quantile() takes the nearest rank, never beyond the last", () => {
  const numbers = Array.from({ length: 200 }, (_, index) => 200 - index);
  expect(quantile(numbers, 0.99)).toBe(198);
  expect(quantile(numbers, 0.5)).toBe(100);
  expect(quantile(numbers, 1)).toBe(200);
  expect(quantile([3], 0.99)).toBe(3);
  expect(quantile(new Float64Array([2, 10, 1]), 0.5)).toBe(2);
});

test("statistics of no numbers throw", () => {
  expect(() => median([])).toThrow("no numbers");
  expect(() => quantile([], 0.99)).toThrow("of 0 numbers");
  expect(() => spreadOf([])).toThrow("no numbers");
});

test("spreadOf() is the least and the greatest", () => {
  expect(spreadOf([3, 1, 2])).toEqual({ least: 1, greatest: 3 });
});
