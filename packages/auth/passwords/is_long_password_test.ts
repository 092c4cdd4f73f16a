import { expect, test } from "bun:test";
import { isLongPassword, lengthToKeep } from "./is_long_password.ts";

test("isLongPassword() counts code points from 15 on, in normal form", () => {
  expect(isLongPassword("a".repeat(14))).toBe(false);
  expect(isLongPassword("a".repeat(15))).toBe(true);
  expect(isLongPassword("\u{1f600}".repeat(14))).toBe(false);
  expect(isLongPassword("\u{1f600}".repeat(15))).toBe(true);
  expect(isLongPassword("e\u0301".repeat(14))).toBe(false);
});

test("lengthToKeep() keeps nothing of who has no role", () => {
  expect(lengthToKeep(null, "a".repeat(20))).toBeNull();
  expect(lengthToKeep("owner", "a".repeat(20))).toBe(true);
  expect(lengthToKeep("owner", "short")).toBe(false);
});
