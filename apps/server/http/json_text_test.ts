import { expect, test } from "bun:test";
import { JSON_MAX_DEPTH, parseJsonText } from "./json_text.ts";

function parse(text: string): unknown {
  const parsed = parseJsonText(text);
  return parsed.ok ? parsed.value : parsed.error.code;
}

test.each([
  "{}",
  "[]",
  "null",
  "1.5e3",
  '"a"',
  ' {"a" : [1, {"a": {"a": "a"}}, {"a": null}], "b":"a"}\r\n\t',
  '{"a":"\\"","b":"\\\\","c":"\\\\\\"","d":"{\\"a\\":1,\\"a\\":2}"}',
  '{"":1,"a":"\\u0061","A":2," a":3}',
  '{"a":"[[[[{{{{","b":"]]]]}}}}"}',
  '[{"a":1},{"a":2}]',
  '{"key":{"key":1},"other":"key"}',
  '["a","a",":","a"]',
  '{"a":":","b":"\\":"}',
])("parseJsonText() reads %p as JSON.parse does", (text) => {
  expect(parse(text)).toEqual(JSON.parse(text));
});

test.each([
  "",
  " ",
  "{",
  "}",
  "{]",
  '{"a":1',
  '{"a":1,}',
  "{a:1}",
  "{'a':1}",
  '{"a":1}{"b":2}',
  '{"a":01}',
  '{"a":NaN}',
  '{"a":"\n"}',
  '{"a":"\\x"}',
  '{"\\x":1}',
  '{"a',
  '"a":1',
  '["a":1]',
  "\ufeff{}",
  "\u00a0{}",
  '{"a":1} // no',
  "undefined",
])("parseJsonText() refuses %p", (text) => {
  expect(parse(text)).toBe("invalid_json");
});

test.each([
  '{"a":1,"a":2}',
  '{"a":1,"b":2,"a":1}',
  '{"a":1,"\\u0061":2}',
  '{"\\u0061":1,"a":2}',
  '{"a" :1,"a"\n:2}',
  '{"x":[{"b":1,"b":2}]}',
  '{"a":{"b":[]},"a":3}',
  '{"__proto__":1,"__proto__":2}',
  '{"":1,"":2}',
  '{"\\"":1,"\\u0022":2}',
])("parseJsonText() refuses %p (two readers, two meanings)", (text) => {
  expect(() => JSON.parse(text)).not.toThrow();
  expect(parse(text)).toBe("invalid_json");
});

test("parseJsonText() reads down to its depth and not below (stack exhaustion)", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
  expect(parse(nested(JSON_MAX_DEPTH))).toEqual(JSON.parse(nested(JSON_MAX_DEPTH)));
  expect(parse(nested(JSON_MAX_DEPTH + 1))).toBe("invalid_json");
  expect(parse(objects(JSON_MAX_DEPTH))).toEqual(JSON.parse(objects(JSON_MAX_DEPTH)));
  expect(parse(objects(JSON_MAX_DEPTH + 1))).toBe("invalid_json");
  expect(parse("[".repeat(5_000_000))).toBe("invalid_json");
  expect(parse('{"a":'.repeat(1_000_000))).toBe("invalid_json");
});

test("parseJsonText() makes no key a prototype (prototype pollution)", () => {
  const parsed = parse('{"__proto__":{"isAdmin":true},"constructor":1}') as { isAdmin?: boolean };
  expect(parsed.isAdmin).toBeUndefined();
  expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});

test.each([
  ["many keys", `{${Array.from({ length: 20_000 }, (_, n) => `"${n}":0`).join(",")}}`],
  ["many objects", `[${"{},".repeat(100_000)}{}]`],
  ["backslashes", `"${"\\\\".repeat(500_000)}"`],
  ["escaped quotes", `"${'\\"'.repeat(500_000)}"`],
  ["unclosed strings", '"'.repeat(1_000_001)],
  ["blanks", `{"a"${" ".repeat(1_000_000)}:1}`],
])("parseJsonText() takes time in line with the length of %s (quadratic scan)", (_name, text) => {
  const startedAt = performance.now();
  parseJsonText(text);
  expect(performance.now() - startedAt).toBeLessThan(3_000);
});

test("parseJsonText() agrees with JSON.parse on whatever is well-formed with unique keys", () => {
  // A fixed generator, so that a failure can be repeated.
  let state = 12_345;
  function pick(below: number): number {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  }
  const strings = [
    "",
    "a",
    '"',
    "\\",
    "\\\\",
    "{",
    "]",
    ":",
    ",",
    "\u2028",
    "é",
    "😀",
    "\n",
    '","a":',
  ];
  function make(depth: number): unknown {
    const kind = depth > 4 ? pick(4) : pick(6);
    if (kind < 2) return strings[pick(strings.length)];
    if (kind === 2) return pick(1_000) / 7;
    if (kind === 3) return pick(2) === 0 ? null : pick(2) === 0;
    if (kind === 4) return Array.from({ length: pick(4) }, () => make(depth + 1));
    const names = strings.filter(() => pick(3) === 0);
    return Object.fromEntries(names.map((name) => [name, make(depth + 1)]));
  }
  for (let round = 0; round < 2_000; round += 1) {
    const value = make(0);
    const text = JSON.stringify(value, null, pick(3));
    expect(parse(text)).toEqual(JSON.parse(text));
  }
});
