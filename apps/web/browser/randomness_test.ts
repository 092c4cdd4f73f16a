import { expect, test } from "bun:test";
import { newUuid, randomFraction } from "./randomness.ts";

test("newUuid() makes another UUID of version 4 each time", () => {
  const made = new Set(Array.from({ length: 500 }, newUuid));
  expect(made.size).toBe(500);
  for (const id of made) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

test("randomFraction() stays below 1", () => {
  for (let count = 0; count < 500; count += 1) {
    const fraction = randomFraction();
    expect(fraction).toBeGreaterThanOrEqual(0);
    expect(fraction).toBeLessThan(1);
  }
});
