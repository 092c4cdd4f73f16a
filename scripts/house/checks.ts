/**
 * All checks of `bun run check`.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkTypes } from "./check_types.ts";
import { cruise } from "./cruise.ts";
import { undocumentedNames } from "./door_docs.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { runProgram } from "./run_program.ts";
import { ROOT } from "./source_files.ts";
import { checkSource } from "./source_rules.ts";

/** One of the checks. */
export interface Check {
  readonly name: string;
  /** `sources` are all source files there are, relative to the root. */
  run(sources: readonly string[]): Promise<Outcome>;
}

/** In the order in which they are told. */
export const CHECKS: readonly Check[] = [
  { name: "format and lint", run: checkFormatAndLint },
  { name: "types", run: checkTypes },
  { name: "imports", run: checkImports },
  { name: "dead code", run: checkDeadCode },
  { name: "style", run: checkStyle },
  { name: "doc comments", run: checkDocComments },
];

async function checkFormatAndLint(sources: readonly string[]): Promise<Outcome> {
  const args = ["ci", "--error-on-warnings", "--colors=off", "--max-diagnostics=none", "."];
  const { exitCode, stdout, stderr } = await runProgram("@biomejs/biome/bin/biome", args);
  const checked = Number(/Checked (\d+) files?/.exec(stdout + stderr)?.[1] ?? 0);
  const problems = exitCode === 0 ? [] : [stderr.trimEnd(), stdout.trimEnd()];
  if (checked < sources.length)
    problems.push(`Biome read ${checked} files of at least ${sources.length}`);
  return { problems: problems.filter((text) => text !== ""), extent: `${checked} files` };
}

async function checkImports(sources: readonly string[]): Promise<Outcome> {
  const { read, violations } = await cruise(ROOT);
  const problems = violations.map(({ rule, from, to, why }) => `${from} -> ${to}: ${rule}. ${why}`);
  return outcomeOf(sources, read, problems);
}

async function checkDeadCode(): Promise<Outcome> {
  const { exitCode, stdout, stderr } = await runProgram("knip/bin/knip-bun.js", ["--no-progress"]);
  const problems = exitCode === 0 ? [] : [stdout.trimEnd(), stderr.trimEnd()];
  return { problems: problems.filter((text) => text !== ""), extent: "all workspaces" };
}

async function checkStyle(sources: readonly string[]): Promise<Outcome> {
  const problems = sources.flatMap((path) =>
    checkSource(path, readFileSync(join(ROOT, path), "utf8")).map(
      ({ line, message }) => `${path}:${line}: ${message}`,
    ),
  );
  return outcomeOf(sources, sources, problems);
}

async function checkDocComments(sources: readonly string[]): Promise<Outcome> {
  const doors = sources.filter((path) => /^(apps|packages)\/[^/]+\/mod[.]ts$/.test(path));
  const missing = doors.flatMap((path) => undocumentedNames(ROOT, path));
  const problems = missing.map((place) => `${place} has no doc comment`);
  return { problems, extent: `${doors.length} packages` };
}
