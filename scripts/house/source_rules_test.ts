import { expect, test } from "bun:test";
import { checkSource } from "./source_rules.ts";

const HEADER = "/**\n * What it is.\n *\n * @module\n */\n";

function messages(path: string, text: string): string[] {
  return checkSource(path, HEADER + text).map(({ line, message }) => `${line} ${message}`);
}

test("checkSource() finds nothing in a file that keeps the rules", () => {
  const text =
    "export function f() {\n  return [1].map((n) => n);\n}\nconst KNOWN = new Set([1]);\n";
  expect(messages("packages/auth/x.ts", text)).toEqual([]);
});

test("checkSource() wants functions declared at module level", () => {
  const message = "6 is a function: declare it as one at module level";
  expect(messages("packages/auth/x.ts", "const f = () => 1;")).toEqual([message]);
  expect(messages("packages/auth/x.tsx", "export const F: Page = () => <p />;")).toEqual([message]);
  expect(messages("packages/auth/x.ts", "const f = function () {};")).toEqual([message]);
});

test("checkSource() lets only a mod.ts re-export, types too", () => {
  const text = 'export type { A } from "./a.ts";';
  expect(messages("packages/auth/x.ts", text)).toEqual(["6 re-exports: only a mod.ts may"]);
  expect(messages("packages/auth/mod.ts", text)).toEqual([]);
});

test("checkSource() allows export * in std and wire only", () => {
  const open = 'export * from "./a.ts";';
  expect(messages("packages/std/mod.ts", open)).toEqual([]);
  expect(messages("packages/wire/shapes/mod.ts", open)).toEqual([]);
  expect(messages("packages/auth/mod.ts", open)).toEqual(["6 exports *: list the names"]);
  const named = 'export type * as a from "./a.ts";';
  expect(messages("packages/auth/mod.ts", named)).toEqual(["6 exports *: list the names"]);
});

test("checkSource() wants a module header, but for tests", () => {
  expect(checkSource("packages/auth/x.ts", "/** A name. */\nexport const A = 1;")).toHaveLength(1);
  expect(checkSource("packages/auth/x_test.ts", "export {};")).toEqual([]);
});

test("checkSource() refuses comments that switch a check off", () => {
  for (const comment of ["// biome-ignore lint: x", "/* @ts-ignore */", "// @ts-nocheck"]) {
    expect(messages("packages/auth/x.ts", comment)).toEqual([
      "6 suppresses a check: mend the cause",
    ]);
  }
  expect(messages("packages/auth/x.ts", "// @ts-expect-error")).toHaveLength(1);
  expect(messages("packages/auth/x_test.ts", "// @ts-expect-error")).toEqual([]);
});
