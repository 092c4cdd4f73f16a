/**
 * The operator's command line, as a process of its own beside a server or without one.
 *
 * @module
 */

import { join, resolve } from "node:path";

const SCRIPT = join(resolve(import.meta.dir, "../.."), "scripts/admin.ts");

/** How a command ended. */
export interface CommandEnd {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The lines of standard output, each parsed. Throws where one is not JSON. */
  objects(): readonly Record<string, unknown>[];
}

/** Where a command works. */
export interface OperatorOptions {
  /** The server's folder. */
  readonly folder: string;
  /** What the server's environment says, beside where programs are. */
  readonly env?: Readonly<Record<string, string>>;
  /** What is typed at it, such as a secret. */
  readonly input?: string;
}

/** Runs `bun run admin` with arguments, to its end. */
export async function runAdmin(
  options: OperatorOptions,
  ...args: readonly string[]
): Promise<CommandEnd> {
  const { PATH = "", HOME = "", TMPDIR = "" } = process.env;
  const child = Bun.spawn([process.execPath, SCRIPT, ...args], {
    cwd: options.folder,
    env: { PATH, HOME, TMPDIR, USER: "operator", ...options.env },
    stdio: [new Blob([options.input ?? ""]), "pipe", "pipe"],
  });
  const [exitCode, stdout, stderr] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return {
    exitCode,
    stdout,
    stderr,
    objects: () =>
      stdout
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
