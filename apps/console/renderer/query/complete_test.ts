import { expect, test } from "bun:test";
import { complete } from "./complete.ts";
import type { QueryField } from "./query_fields.ts";

const FIELDS: readonly QueryField[] = ["user", "ip", "role", "since"];

function ask(text: string, found: readonly string[] = []) {
  const findValues = async () => found.map((value) => ({ value, hint: "" }));
  return complete(text, text.length, { fields: FIELDS, findValues });
}

test("complete() offers fields that the query has not", async () => {
  const { choices } = await ask("role:owner ");
  expect(choices.map((choice) => choice.label)).toEqual(["user:", "ip:", "since:"]);
  expect((await ask("ro")).choices.map((choice) => choice.label)).toEqual(["role:"]);
});

test("complete() offers values that are known, and those that are found before them", async () => {
  expect((await ask("role:ow")).choices.map((choice) => choice.value)).toEqual(["role:owner"]);
  const { choices } = await ask("user:a", ["ann", "a b"]);
  expect(choices.map((choice) => choice.value)).toEqual(["user:ann", 'user:"a b"']);
});

test("complete() offers nothing for a field that the list has not", async () => {
  expect((await ask("device:x", ["y"])).choices).toEqual([]);
});
