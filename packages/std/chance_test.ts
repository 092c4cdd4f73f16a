import { expect, test } from "bun:test";
import { chance } from "./chance.ts";

function drawn(...bytes: readonly number[]): number {
  return chance({ bytes: (length) => new Uint8Array(bytes.slice(0, length)) });
}

test("chance() is from 0 to just under 1", () => {
  expect(drawn(0, 0)).toBe(0);
  expect(drawn(128, 0)).toBe(0.5);
  expect(drawn(255, 255)).toBeLessThan(1);
  expect(drawn(255, 255)).toBeGreaterThan(0.9999);
});
