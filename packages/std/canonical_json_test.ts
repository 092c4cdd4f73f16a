import { expect, test } from "bun:test";
import { canonicalJson } from "./canonical_json.ts";

test("canonicalJson() writes the same for the same members in any order", () => {
  const one = { id: "7", role: null, deep: { b: [1, { y: true, x: "é" }], a: 1 } };
  const other = { deep: { a: 1, b: [1, { x: "é", y: true }] }, role: null, id: "7" };
  expect(canonicalJson(one)).toBe(canonicalJson(other));
  expect(canonicalJson(one)).toBe(
    '{"deep":{"a":1,"b":[1,{"x":"é","y":true}]},"id":"7","role":null}',
  );
});

test("canonicalJson() leaves out what is undefined, and keeps the order of lists", () => {
  expect(canonicalJson({ a: undefined, b: [2, 1] })).toBe('{"b":[2,1]}');
  expect(canonicalJson(undefined)).toBe("null");
  expect(canonicalJson([undefined])).toBe("[null]");
});
