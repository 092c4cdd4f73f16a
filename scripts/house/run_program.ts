/**
 * Runs one of the development tools and keeps what it says.
 *
 * @module
 */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./source_files.ts";

/** How a program ended. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a script of an installed package under this Bun.
 *
 * Its output goes through files: the TypeScript compiler loses what a full pipe does not take at once.
 *
 * @param script Path under `node_modules`.
 * @param args What to pass on.
 * @param cwd Where to run it.
 */
export async function runProgram(
  script: string,
  args: readonly string[],
  cwd: string = ROOT,
): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), "postern-check-"));
  const [out, problem] = [join(folder, "stdout"), join(folder, "stderr")];
  try {
    const child = Bun.spawn([process.execPath, join(ROOT, "node_modules", script), ...args], {
      cwd,
      stdio: ["ignore", Bun.file(out), Bun.file(problem)],
    });
    const exitCode = await child.exited;
    return {
      exitCode,
      stdout: await readFile(out, "utf8"),
      stderr: await readFile(problem, "utf8"),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
