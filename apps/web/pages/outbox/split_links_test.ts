import { expect, test } from "bun:test";
import { splitLinks } from "./split_links.ts";

test("splitLinks() finds addresses and leaves the stop after them", () => {
  const text = "Open https://login.example/verify-email#token=a_b-c. Or not.";
  expect(splitLinks(text)).toEqual([
    { at: 0, text: "Open ", isLink: false },
    { at: 5, text: "https://login.example/verify-email#token=a_b-c", isLink: true },
    { at: 51, text: ". Or not.", isLink: false },
  ]);
});

test("splitLinks() gives the text back whole", () => {
  for (const text of [
    "",
    "none",
    "http://a",
    "http://a http://b\nhttp://c!",
    "javascript:alert(1)",
  ]) {
    expect(
      splitLinks(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  }
});

test("splitLinks() takes nothing but http and https for an address (script in a link)", () => {
  const parts = splitLinks("javascript:alert(1) data:text/html,x file:///etc/passwd");
  expect(parts.some((part) => part.isLink)).toBe(false);
});
