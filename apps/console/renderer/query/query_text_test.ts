import { expect, test } from "bun:test";
import {
  isWhole,
  partAt,
  replacePart,
  termIn,
  termText,
  withoutField,
  withTerm,
} from "./query_text.ts";

test("partAt() tells the field and what is typed of its value", () => {
  expect(partAt("user:an", 7)).toEqual({ start: 0, end: 7, field: "user", typed: "an" });
  expect(partAt("user:ann since:", 15)).toEqual({ start: 9, end: 15, field: "since", typed: "" });
  expect(partAt("user:ann  x", 9)).toEqual({ start: 9, end: 9, field: null, typed: "" });
  expect(partAt("us", 2)).toEqual({ start: 0, end: 2, field: null, typed: "us" });
});

test("partAt() takes a caret in a field's name for a name that is being typed", () => {
  expect(partAt("user:ann", 2).field).toBe(null);
});

test("partAt() reads a quoted value that is not closed yet", () => {
  expect(partAt('device:"Mac OS', 14)).toMatchObject({ field: "device", typed: "Mac OS" });
});

test("withTerm() replaces the term of the same field, since the server takes each once", () => {
  expect(withTerm("x user:ann ip:::1", { field: "user", value: "bob" })).toBe("x ip:::1 user:bob");
  expect(withTerm("", { field: "device", value: "Mac OS" })).toBe('device:"Mac OS"');
});

test("termIn() reads what a query asks for of a field, and withoutField() no longer asks for it", () => {
  const query = 'x device:"Mac OS" IP:::1';
  expect([termIn(query, "device"), termIn(query, "ip"), termIn(query, "user")]).toEqual([
    "Mac OS",
    "::1",
    null,
  ]);
  expect(withoutField(query, "device")).toBe("x IP:::1");
  expect(withoutField("ip:::1", "ip")).toBe("");
});

test("termText() lets no quote out of its value", () => {
  expect(termText({ field: "device", value: 'a" role:"owner' })).toBe('device:"a role:owner"');
});

test("isWhole() is false while a term has no value, or a quote is open", () => {
  expect(isWhole("")).toBe(true);
  expect(isWhole("ann since:2h")).toBe(true);
  expect(isWhole("ann since:")).toBe(false);
  expect(isWhole('device:"Mac')).toBe(false);
});

test("replacePart() leaves the caret where one types on", () => {
  const text = "us since:2h";
  expect(replacePart(text, partAt(text, 2), "user:")).toEqual({
    text: "user: since:2h",
    caret: 5,
  });
  expect(replacePart("user:an", partAt("user:an", 7), "user:ann")).toEqual({
    text: "user:ann ",
    caret: 9,
  });
});
