import { expect, test } from "bun:test";
import { createCostBook } from "./cost_book.ts";

test("expectedMs() moves from a guess towards what was noted", () => {
  const book = createCostBook();
  const guess = book.expectedMs("scrypt");
  book.note("scrypt", guess + 100);
  expect(book.expectedMs("scrypt")).toBeCloseTo(guess + 10);
  for (let count = 0; count < 200; count += 1) book.note("scrypt", 40);
  expect(book.expectedMs("scrypt")).toBeCloseTo(40);
  expect(book.expectedMs("ours")).toBe(createCostBook().expectedMs("ours"));
});

test("foreignPeakMs() is zero until a hash that is not ours was computed", () => {
  const book = createCostBook();
  book.note("ours", 500);
  expect(book.foreignPeakMs()).toBe(0);
  book.note("bcrypt", 250);
  expect(book.foreignPeakMs()).toBe(250);
});

test("foreignPeakMs() is the dearest format's, rises at once and falls slowly", () => {
  const book = createCostBook();
  book.note("bcrypt", 250);
  book.note("pbkdf2_sha256", 400);
  book.note("pbkdf2_sha256", 100);
  expect(book.foreignPeakMs()).toBeGreaterThan(390);
  for (let count = 0; count < 1_000; count += 1) book.note("pbkdf2_sha256", 100);
  expect(book.foreignPeakMs()).toBe(250);
});
