import { expect, test } from "bun:test";
import { lastLines, readFailures } from "./_test_failures.ts";

const OUTPUT = `bun test v1

a_test.ts:
(pass) one
7 |   expect(1).toBe(2);
error: expect(received).toBe(expected)

Expected: 2
Received: 1

(fail) two [3.00ms]

b_test.ts:
noise
(pass) three

1 tests failed:
(fail) two [3.00ms]

 2 pass
 1 fail
`;

test("readFailures() tells what was said of a test that failed, with its file, once", () => {
  expect(readFailures(OUTPUT)).toEqual([
    [
      "a_test.ts:",
      "7 |   expect(1).toBe(2);",
      "error: expect(received).toBe(expected)",
      "",
      "Expected: 2",
      "Received: 1",
      "",
      "(fail) two [3.00ms]",
    ].join("\n"),
  ]);
});

test("readFailures() reads through colours, and tells nothing where nothing failed", () => {
  expect(readFailures("a_test.ts:\n\u001B[31m(fail)\u001B[0m red")).toEqual([
    "a_test.ts:\n(fail) red",
  ]);
  expect(readFailures("a_test.ts:\n(pass) one\n\n 1 pass\n 0 fail\n")).toEqual([]);
});

test("readFailures() tells of errors between tests", () => {
  const output = "a_test.ts:\n(pass) one\n\n# Unhandled error between tests\nerror: gone\n";
  expect(readFailures(`${output}\nb_test.ts:\n(pass) two\n`)).toEqual([
    "a_test.ts:\n# Unhandled error between tests\nerror: gone",
  ]);
  expect(readFailures(output)).toHaveLength(1);
});

test("readFailures() keeps the end of a long one, where its error is", () => {
  const [failure = ""] = readFailures(
    `a_test.ts:\n${"noise\n".repeat(500)}error: here\n(fail) long`,
  );
  expect(failure.split("\n").length).toBeLessThan(70);
  expect(failure).toEndWith("error: here\n(fail) long");
});

test("lastLines() are the last ones", () => {
  expect(lastLines(`${"x\n".repeat(100)}Segmentation fault\n`)).toEndWith("x\nSegmentation fault");
});
