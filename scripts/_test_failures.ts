/**
 * What `bun test` said of tests that failed, to be said again at the end: where only the end of a long
 * output is kept, the reason is to be in it.
 *
 * @module
 */

/** Most lines of one failure that are said again: its error, what was expected, and where. */
const LINES_MAX = 60;

/** Most failures that are said again. */
const FAILURES_MAX = 20;

/** Lines of an output that ended without a word about any test: a crash. */
const LAST_LINES = 40;

/** Ends what was said of one test. */
const VERDICT = /^\((pass|fail|skip|todo)\) /;

/** Begins the tests of a file. */
const FILE = /^\S+_test\.tsx?:$/;

const UNHANDLED = "# Unhandled error between tests";

/** Tells what was said of each test that failed, with its file, and of errors between tests. */
export function readFailures(output: string): readonly string[] {
  const failures: string[] = [];
  let file = "";
  let said: string[] = [];
  // The list of those that failed, at the end, says nothing that was not said.
  const end = output.search(/^\d+ tests? failed:$/m);
  for (const line of Bun.stripANSI(end < 0 ? output : output.slice(0, end)).split("\n")) {
    if (FILE.test(line)) {
      if (said.includes(UNHANDLED)) failures.push(blockOf(file, said));
      [file, said] = [line, []];
      continue;
    }
    said.push(line);
    if (!VERDICT.test(line)) continue;
    if (line.startsWith("(fail)") || said.includes(UNHANDLED)) failures.push(blockOf(file, said));
    said = [];
  }
  if (said.includes(UNHANDLED)) failures.push(blockOf(file, said));
  return failures.slice(0, FAILURES_MAX);
}

/** The last lines of an output. */
export function lastLines(output: string): string {
  return Bun.stripANSI(output).trimEnd().split("\n").slice(-LAST_LINES).join("\n");
}

function blockOf(file: string, said: readonly string[]): string {
  const lines = said.join("\n").trim().split("\n");
  const left = lines.length - LINES_MAX;
  // The verdict is the last line, and names the test; the error is before it.
  const kept = left > 0 ? [`… ${left} lines before`, ...lines.slice(-LINES_MAX)] : lines;
  return [file, ...kept].join("\n");
}
