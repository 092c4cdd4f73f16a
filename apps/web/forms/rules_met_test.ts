import { expect, test } from "bun:test";
import { rulesMet } from "./rules_met.ts";

function met(password: string): readonly (boolean | null)[] {
  return rulesMet(password, 12).map((rule) => rule.isMet);
}

test("rulesMet() counts code points after NFC, not UTF-16 units", () => {
  expect(met("🗝".repeat(11))).toEqual([false, true]);
  expect(met("🗝".repeat(12))).toEqual([true, true]);
  expect(met("e\u0301".repeat(11))).toEqual([false, true]);
  expect(met("e\u0301".repeat(12))).toEqual([true, true]);
});

test("rulesMet() refuses digits alone, in any script", () => {
  expect(met("123456789012")).toEqual([true, false]);
  expect(met("١٢٣٤٥٦٧٨٩٠١٢")).toEqual([true, false]);
  expect(met("12345678901a")).toEqual([true, true]);
});

test("rulesMet() meets nothing with nothing, and not the length past 256", () => {
  expect(met("")).toEqual([false, false]);
  expect(met("a".repeat(257))).toEqual([false, true]);
});
