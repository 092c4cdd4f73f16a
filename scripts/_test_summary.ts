/**
 * What `bun test` says in its last lines, in numbers.
 *
 * @module
 */

/** How many tests ended how. */
export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  /** Those left out on purpose, and those only planned. */
  readonly skipped: number;
}

/**
 * Reads the summary.
 *
 * @param output Everything that `bun test` said, with colours or without.
 * @param exitCode How it ended. A bad end without a failed test counts as one: a crash is no success.
 */
export function readTestSummary(output: string, exitCode: number): TestSummary {
  const lines = Bun.stripANSI(output).trimEnd().split("\n").slice(-LAST_LINES);
  const passed = count(lines, "pass");
  const failed = count(lines, "fail");
  const skipped = count(lines, "skip") + count(lines, "todo");
  return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1), skipped };
}

/** The summary is shorter than this; what comes before it may be anything. */
const LAST_LINES = 12;

function count(lines: readonly string[], word: string): number {
  const found = lines.findLast((line) => new RegExp(`^ *\\d+ ${word}$`).test(line));
  return Number.parseInt(found ?? "0", 10);
}
