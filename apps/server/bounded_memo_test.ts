import { expect, test } from "bun:test";
import { createBoundedMemo } from "./bounded_memo.ts";

test("createBoundedMemo() gives back what was set", () => {
  const memo = createBoundedMemo<{ n: number }>(4);
  expect(memo.get("a")).toBeUndefined();
  memo.set("a", { n: 1 });
  expect(memo.get("a")).toEqual({ n: 1 });
});

test("createBoundedMemo() never holds more than its limit (memory exhaustion)", () => {
  const memo = createBoundedMemo<{ n: number }>(10);
  for (let n = 0; n < 1_000; n += 1) {
    memo.set(`key ${n}`, { n });
    expect(memo.size()).toBeLessThanOrEqual(10);
  }
  expect(memo.get("key 999")).toEqual({ n: 999 });
  expect(memo.get("key 0")).toBeUndefined();
});

test("createBoundedMemo() keeps what is asked for, whatever else comes by", () => {
  const memo = createBoundedMemo<{ n: number }>(8);
  memo.set("hot", { n: 1 });
  for (let n = 0; n < 100; n += 1) {
    memo.set(`cold ${n}`, { n });
    expect(memo.get("hot")).toEqual({ n: 1 });
    expect(memo.size()).toBeLessThanOrEqual(8);
  }
});
