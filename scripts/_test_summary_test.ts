import { expect, test } from "bun:test";
import { readTestSummary } from "./_test_summary.ts";

test("readTestSummary() reads the counts, with todo as skipped", () => {
  const output =
    "(pass) a\n\n 12 pass\n 2 skip\n 1 todo\n 3 fail\n 1 error\n 9 expect() calls\nRan 18 tests.\n";
  expect(readTestSummary(output, 1)).toEqual({ passed: 12, failed: 3, skipped: 3 });
});

test("readTestSummary() reads through colours", () => {
  const output = "\u001B[32m 4 pass\u001B[0m\n\u001B[2m 0 fail\u001B[0m\nRan 4 tests.";
  expect(readTestSummary(output, 0)).toEqual({ passed: 4, failed: 0, skipped: 0 });
});

test("readTestSummary() counts a crash as a failure", () => {
  expect(readTestSummary("Segmentation fault", 139)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("readTestSummary() does not take a test's own output for the summary", () => {
  const output = `7 pass\n${"noise\n".repeat(20)} 1 pass\n 0 fail\nRan 1 test.`;
  expect(readTestSummary(output, 0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
});
