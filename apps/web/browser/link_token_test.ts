import { expect, test } from "bun:test";
import { readToken } from "./link_token.ts";

test("readToken() finds the token in a fragment", () => {
  expect(readToken("#token=abc_DEF-123")).toBe("abc_DEF-123");
  expect(readToken("#x=1&token=abc")).toBe("abc");
});

test("readToken() finds nothing in an empty, foreign or oversized fragment", () => {
  for (const fragment of ["", "#", "#token=", "#devices", `#token=${"a".repeat(4_096)}`]) {
    expect(readToken(fragment)).toBeUndefined();
  }
});
