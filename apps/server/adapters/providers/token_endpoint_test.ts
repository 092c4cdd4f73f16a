import { expect, test } from "bun:test";
import { basicCredentials } from "./token_endpoint.ts";

test("basicCredentials() joins plain ids and secrets as they are (RFC 6749, section 2.3.1)", () => {
  expect(basicCredentials("s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw")).toBe(
    "Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3",
  );
});

test("basicCredentials() form-encodes each first, so that no colon or sign is taken for another", () => {
  const text = (given: string) => Buffer.from(given.slice("Basic ".length), "base64").toString();
  expect(text(basicCredentials("a:b", "c d+e%f~ä"))).toBe("a%3Ab:c+d%2Be%25f%7E%C3%A4");
});
