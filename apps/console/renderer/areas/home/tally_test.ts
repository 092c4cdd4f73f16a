import { expect, test } from "bun:test";
import { tallyOf } from "./tally.ts";

test("tallyOf() counts values, the commonest first, and nothing that is not known", () => {
  expect(tallyOf(["a", "b", null, "b", "c"], 2)).toEqual([
    { value: "b", count: 2 },
    { value: "a", count: 1 },
  ]);
  expect(tallyOf([null], 2)).toEqual([]);
});
