import { expect, test } from "bun:test";
import { HOME_PATH, safeNext, withNext } from "./safe_next.ts";

const ORIGIN = "https://login.example";

const HOSTILE = [
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "/\\/evil.example",
  "\\/evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/\r\\evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/./\\evil.example",
  "/%2e//evil.example",
  "https://evil.example",
  "https:evil.example",
  "https://login.example@evil.example/",
  "https://login.example.evil.example/",
  "javascript:alert(1)",
  "\u0000javascript:alert(1)",
  " javascript:alert(1)",
  "data:text/html,hello",
  "evil.example",
  "",
];

for (const next of HOSTILE) {
  test(`safeNext() goes home instead of ${JSON.stringify(next)} (open redirect)`, () => {
    expect(safeNext(next, ORIGIN)).toBe(HOME_PATH);
  });
}

test("safeNext() keeps a path of this origin, with query and fragment", () => {
  expect(safeNext("/account#devices", ORIGIN)).toBe("/account#devices");
  expect(safeNext("/oauth/authorize?state=a%2Fb&x=//c", ORIGIN)).toBe(
    "/oauth/authorize?state=a%2Fb&x=//c",
  );
});

test("whatever safeNext() gives stays on this origin when the browser reads it", () => {
  for (const next of [...HOSTILE, "/a/..//b", "/a/../..//b", "/x//y", "/ /evil.example"]) {
    expect(new URL(safeNext(next, ORIGIN), ORIGIN).origin).toBe(ORIGIN);
  }
});

test("safeNext() goes home without a parameter", () => {
  expect(safeNext(null, ORIGIN)).toBe(HOME_PATH);
});

test("withNext() writes what safeNext() reads back", () => {
  const path = "/oauth/authorize?state=a&b=c#d";
  const written = new URL(withNext("/login", path), ORIGIN);
  expect(safeNext(written.searchParams.get("next"), ORIGIN)).toBe(path);
  expect(withNext("/login", HOME_PATH)).toBe("/login");
});
