import { expect, test } from "bun:test";
import { goneIn } from "./gone_rows.ts";

const SHOWN = ["e", "d", "c", "b", "a"];

function gone(items: readonly string[], next: string | null): string {
  return [...goneIn(SHOWN, { items, next })].join("");
}

test("goneIn() finds rows that the page passes over, and tells nothing of those behind it", () => {
  expect(gone(["f", "e", "c"], "more")).toBe("d");
  expect(gone(["i", "h", "g"], "more")).toBe("");
  expect(gone([], "more")).toBe("");
});

test("goneIn() takes a page without a next one for all there is", () => {
  expect(gone(["f", "c"], null)).toBe("edba");
  expect(gone([], null)).toBe("edcba");
});
