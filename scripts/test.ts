/**
 * `bun run test`: sets up what the tests need, runs them, and ends with what failed, once more, and
 * `N passed, N failed, N skipped`.
 *
 * Arguments go to `bun test`: parts of file names, or `-t` with a pattern for the names of tests.
 *
 * @module
 */

import { installDependencies, ROOT } from "./_install.ts";
import { buildStalePages } from "./_pages.ts";
import { lastLines, readFailures } from "./_test_failures.ts";
import { findTestPrograms } from "./_test_programs.ts";
import { readTestSummary } from "./_test_summary.ts";

/** Longest time for one test: a journey through a browser on a slow machine. */
const TEST_TIMEOUT_MS = 120_000;

installDependencies();
const programs = findTestPrograms();
const hasPages = buildStalePages();
const { output, exitCode } = await runTests(process.argv.slice(2));
const { passed, failed, skipped } = readTestSummary(output, exitCode);
process.exitCode = hasPages && failed === 0 && passed > 0 ? 0 : 1;
if (failed > 0) sayAgain();
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);

/** Runs `bun test`, lets its output through, and keeps it. */
async function runTests(args: readonly string[]): Promise<{ output: string; exitCode: number }> {
  const options = ["--no-orphans", `--timeout=${TEST_TIMEOUT_MS}`];
  const child = Bun.spawn([process.execPath, "test", ...options, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...programs, ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kept: string[] = [];
  await Promise.all([pass(child.stdout, kept), pass(child.stderr, kept)]);
  return { output: kept.join(""), exitCode: await child.exited };
}

/** Says again why tests failed, since it may be said far above; of a crash, what was said last. */
function sayAgain(): void {
  const failures = readFailures(output);
  const said = failures.length === 0 ? [lastLines(output)] : failures;
  console.log(`\n${"-".repeat(80)}\nWhat failed, once more:`);
  for (const each of said) console.log(`\n${each}`);
}

/** Lets a stream through to standard output as it comes. */
async function pass(stream: ReadableStream<Uint8Array>, kept: string[]): Promise<void> {
  const decoder = new TextDecoder();
  for await (const bytes of stream) {
    const text = decoder.decode(bytes, { stream: true });
    kept.push(text);
    process.stdout.write(text);
  }
}
