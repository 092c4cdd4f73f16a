import { expect, test } from "bun:test";
import { createNextUrl, DEFAULT_NEXT } from "./next_url.ts";

const allowed = new Set(["http://localhost:8000", "http://localhost:3000"]);
const nextUrl = createNextUrl("http://localhost:8000", (origin) => allowed.has(origin));

test("nextUrl() keeps paths of ours, with query and fragment", () => {
  expect(nextUrl("/account?tab=1#x")).toBe("/account?tab=1#x");
  expect(nextUrl("http://localhost:8000/account")).toBe("/account");
});

test("nextUrl() keeps URLs of an allowed origin", () => {
  expect(nextUrl("http://localhost:3000/app")).toBe("http://localhost:3000/app");
});

for (const next of [
  undefined,
  "",
  "account",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  " //evil.example",
  "http:evil.example",
  "http:/evil.example",
  "https://evil.example/",
  "http://localhost:3000@evil.example/",
  "http://user:pw@localhost:3000/",
  "http://localhost:3000.evil.example/",
  "javascript:alert(1)",
  "data:text/html,x",
  "/\u0000/evil.example",
  "\u2028//evil.example",
]) {
  test(`nextUrl() sends nobody to ${JSON.stringify(next)} (open redirect)`, () => {
    expect(nextUrl(next)).toBe(DEFAULT_NEXT);
  });
}

test("nextUrl() keeps a path that looks like another host a path (open redirect)", () => {
  expect(nextUrl("/.//evil.example")).not.toStartWith("//");
  expect(nextUrl("/%2f%2fevil.example")).toStartWith("/%2f");
});
