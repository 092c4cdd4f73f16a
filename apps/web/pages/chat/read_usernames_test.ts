import { expect, test } from "bun:test";
import { readUsernames } from "./read_usernames.ts";

test("readUsernames() takes spaces, commas, lines and at signs, each name once", () => {
  expect(readUsernames(" @ann, bob;\n cyd ann ")).toEqual(["ann", "bob", "cyd"]);
  expect(readUsernames(" , ")).toEqual([]);
});
