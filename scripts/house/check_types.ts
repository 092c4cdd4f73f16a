/**
 * Types: the TypeScript compiler over each tsconfig.json of the house, which together must read every file.
 *
 * @module
 */

import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { runProgram } from "./run_program.ts";
import { FOLDERS, ROOT } from "./source_files.ts";

/**
 * Checks all types. What is unchanged since the last time costs little.
 *
 * @param sources All source files there are, relative to the root.
 */
export async function checkTypes(sources: readonly string[]): Promise<Outcome> {
  const results = await Promise.all(configs().map(compile));
  const read = results.flatMap((result) => result.read);
  const problems = results.flatMap((result) => result.problems);
  return outcomeOf(sources, read, [...new Set(problems)]);
}

/** The root's, and those of workspaces that need other types, such as a browser's. */
function configs(): string[] {
  const workspaces = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}/tsconfig.json`),
  );
  return ["tsconfig.json", ...workspaces.filter((path) => existsSync(join(ROOT, path)))];
}

async function compile(config: string): Promise<{ read: string[]; problems: string[] }> {
  const cache = `node_modules/.cache/types/${config.replaceAll("/", "_")}.tsbuildinfo`;
  const { exitCode, stdout, stderr } = await runProgram("typescript/bin/tsc", [
    ...["-p", config, "--noEmit", "--listFiles", "--pretty", "false"],
    ...["--incremental", "--tsBuildInfoFile", cache],
  ]);
  const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line !== "");
  const isFile = (line: string): boolean =>
    line.startsWith("/") && /[.][cm]?[jt]sx?$|[.]json$/.test(line);
  const problems = lines.filter((line) => !isFile(line));
  if (exitCode !== 0 && problems.length === 0)
    problems.push(`${config}: tsc ended with ${exitCode}`);
  return { read: lines.filter(isFile).map((line) => relative(ROOT, line)), problems };
}
