import { expect, test } from "bun:test";
import { LatencyBook } from "./latency_book.ts";

test("LatencyBook tells the median and the tail to within its buckets, and the greatest exactly", () => {
  const book = new LatencyBook();
  for (let ms = 1; ms <= 1_000; ms += 1) book.note("a", ms);
  const { count, p50, p99, max } = book.read("a");
  expect(count).toBe(1_000);
  expect(p50).toBeGreaterThanOrEqual(500);
  expect(p50).toBeLessThan(500 * 1.06);
  expect(p99).toBeGreaterThanOrEqual(990);
  expect(p99).toBeLessThanOrEqual(1_000);
  expect(max).toBe(1_000);
});

test("LatencyBook keeps kinds apart, and has nothing of one that it never saw", () => {
  const book = new LatencyBook();
  book.note("a", 0);
  book.note("b", 70);
  expect(book.read("a")).toEqual({ count: 1, p50: 0, p99: 0, max: 0 });
  expect(book.read("b")).toMatchObject({ count: 1, max: 70 });
  expect(book.read("c")).toEqual({ count: 0, p50: 0, p99: 0, max: 0 });
});
