/**
 * Builds the pages when their files are missing or older than a source.
 *
 * The build runs in a process of its own, so that a start that needs none loads nothing of it.
 *
 * @module
 */

import { readdirSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./_install.ts";

/** The folders that pages are made of. */
const PAGE_SOURCES = [
  "apps/web",
  "packages/ui",
  "packages/client",
  "packages/wire",
  "packages/std",
].map((folder) => join(ROOT, folder));

const MANIFEST = join(ROOT, "apps/web/dist/manifest.json");
const NOT_A_SOURCE = /^(?:node_modules|dist|[.].*|.*_test[.]tsx?)$/;

/**
 * Returns at once when the pages are as new as their sources; else builds them.
 *
 * @returns `false` when the build failed; it has said why on standard error.
 */
export function buildStalePages(): boolean {
  const built = statSync(MANIFEST, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built > 0 && !PAGE_SOURCES.some((folder) => isNewer(folder, built))) return true;
  const { exitCode } = Bun.spawnSync([process.execPath, join(ROOT, "apps/web/build.ts")], {
    cwd: ROOT,
    env: process.env,
    stdio: ["ignore", 2, 2],
  });
  if (exitCode !== 0) {
    process.stderr.write("Cannot build the pages: see above\n");
    return false;
  }
  const now = new Date();
  utimesSync(MANIFEST, now, now);
  return true;
}

/** Tells whether anything in a folder changed after a time. A folder's own time tells of what was removed. */
function isNewer(folder: string, thanMs: number): boolean {
  if (statSync(folder).mtimeMs > thanMs) return true;
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    if (NOT_A_SOURCE.test(entry.name)) return false;
    const path = join(folder, entry.name);
    return entry.isDirectory() ? isNewer(path, thanMs) : statSync(path).mtimeMs > thanMs;
  });
}
