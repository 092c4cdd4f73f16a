import { describe, expect, test } from "bun:test";
import { visitWords } from "./visit_words.ts";

const CODES = [
  "access_denied",
  "provider_error",
  "state_mismatch",
  "email_unverified",
  "identity_taken",
  "link_first",
  "provider_disabled",
  "signup_closed",
  "blocked",
];

describe.each(["login", "account"] as const)("visitWords() on /%s", (place) => {
  const unknown = visitWords("no_such_code", place, undefined);

  test("has words of its own for every code of the contract", () => {
    const words = CODES.map((code) => visitWords(code, place, undefined));
    expect(new Set([...words, unknown]).size).toBe(CODES.length + 1);
  });

  test("says which provider it was, where that is known", () => {
    for (const code of ["access_denied", "provider_error", "email_unverified", "identity_taken"]) {
      expect(visitWords(code, place, "GitLab")).toContain("GitLab");
      expect(visitWords(code, place, "GitLab")).not.toContain("provider");
      expect(visitWords(code, place, undefined)).not.toContain("undefined");
    }
  });

  test("never repeats what the address bar says (content injection)", () => {
    for (const code of ["<b>Call 555-0100</b>", "constructor", "__proto__", "toString", ""]) {
      expect(visitWords(code, place, "GitLab")).toBe(unknown);
    }
  });
});

test("visitWords() tells somebody who is signed in that nothing has changed", () => {
  expect(visitWords("state_mismatch", "account", undefined)).toContain("Nothing has changed");
});
