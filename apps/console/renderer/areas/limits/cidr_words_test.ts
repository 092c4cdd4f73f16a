import { expect, test } from "bun:test";
import { cidrWords } from "./cidr_words.ts";

test("cidrWords() writes one address alone, and a range as it is", () => {
  expect(cidrWords("203.0.113.7/32")).toBe("203.0.113.7");
  expect(cidrWords("203.0.113.0/24")).toBe("203.0.113.0/24");
  expect(cidrWords("2001:db8::/32")).toBe("2001:db8::/32");
  expect(cidrWords("2001:db8::1/128")).toBe("2001:db8::1");
});
