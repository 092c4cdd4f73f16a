import { expect, test } from "bun:test";
import { fitsNfc, toNfc } from "./nfc.ts";

const MARKS_IN_DISORDER = `a${"\u0301".repeat(15_000)}${"\u0316".repeat(15_000)}`;

test("toNfc() puts together what two keyboards type apart", () => {
  expect(toNfc("o\u0308", 1)).toBe("ö");
  expect(toNfc("\u03b1\u0313\u0300\u0345", 1)).toBe("\u1f82");
});

test("toNfc() does not spend seconds on thousands of marks (normalisation bomb)", () => {
  const started = performance.now();
  for (let count = 0; count < 100; count += 1) {
    expect(toNfc(MARKS_IN_DISORDER, 256)).toBe(MARKS_IN_DISORDER);
  }
  expect(performance.now() - started).toBeLessThan(1_000);
});

test("fitsNfc() refuses no text that is short enough in NFC", () => {
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const character = String.fromCodePoint(code);
    const unfolded = character.normalize("NFD");
    if (!fitsNfc(unfolded, 1))
      throw new Error(`U+${code.toString(16)} unfolds to ${unfolded.length}`);
  }
});
