import { expect, test } from "bun:test";
import { arrivalWords } from "./arrival_words.ts";

const CODES = [
  "access_denied",
  "provider_error",
  "state_mismatch",
  "email_unverified",
  "identity_taken",
  "provider_disabled",
  "signup_closed",
  "blocked",
];

const UNKNOWN = arrivalWords("no_such_code");

test("arrivalWords() has words of its own for every code of the contract", () => {
  const words = CODES.map(arrivalWords);
  expect(new Set([...words, UNKNOWN]).size).toBe(CODES.length + 1);
});

test("arrivalWords() never repeats what the address bar says (content injection)", () => {
  for (const code of ["<b>Call 555-0100</b>", "constructor", "__proto__", "toString", ""]) {
    expect(arrivalWords(code)).toBe(UNKNOWN);
  }
});
