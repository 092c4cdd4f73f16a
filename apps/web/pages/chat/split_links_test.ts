import { expect, test } from "bun:test";
import { splitLinks } from "./split_links.ts";

function hrefs(text: string): (string | undefined)[] {
  return splitLinks(text).flatMap(({ href }) => (href === undefined ? [] : [href]));
}

test("splitLinks() finds http and https, without the sign that ends the sentence", () => {
  expect(hrefs("See https://a.example/x?y=1, (http://b.example).")).toEqual([
    "https://a.example/x?y=1",
    "http://b.example/",
  ]);
});

test("splitLinks() makes no link of what could run script or is no address (injection)", () => {
  for (const text of [
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<a href='javascript:x'>",
    "http://",
    "https://[",
    "vbscript:x",
  ]) {
    expect(hrefs(text)).toEqual([]);
  }
  expect(hrefs(`https://a.example/"onclick="x`)).toEqual(["https://a.example/"]);
});

test("splitLinks() loses no character: the pieces joined are the text", () => {
  for (const text of ["", "plain", "https://a.example", "a https://a.example/.. b http:// c"]) {
    const parts = splitLinks(text);
    expect(parts.map((part) => part.text).join("")).toBe(text);
    for (const part of parts) expect(text.slice(part.at)).toStartWith(part.text);
  }
});
