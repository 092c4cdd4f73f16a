/**
 * The bundled server, made anew when a source is newer.
 *
 * A bundle's folder is named after the state of its sources. So several starts at once may each make it,
 * the first one stays, and a server that runs keeps what it was started from.
 *
 * @module
 */

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./_install.ts";

const DIST = join(ROOT, "apps/server/dist");

/** The folders that the server is made of; of the pages it has the part that hands them out. */
const SOURCES = ["apps/server", "apps/web", "packages"].map((folder) => join(ROOT, folder));

const NOT_A_SOURCE = /^(?:node_modules|dist|migrations|[.].*|.*_test[.]tsx?|.*[.](?:tsx|css|md))$/;

/** Bundles that are kept: that of now, and the one before, which may still run. */
const KEPT = 2;

/**
 * Finds the bundle, or makes it.
 *
 * @returns the path of its entry; `undefined` when it could not be made, such as where nobody may write:
 * why is on standard error, and the sources serve as well.
 */
export function bundledServer(): string | undefined {
  const folder = join(DIST, stateOfSources());
  const entry = join(folder, "main.js");
  if (existsSync(entry)) return entry;
  if (!makeFolder(DIST)) return undefined;
  const made = join(DIST, `.making-${process.pid}`);
  const { exitCode } = Bun.spawnSync([process.execPath, join(ROOT, "apps/server/build.ts"), made], {
    cwd: ROOT,
    env: process.env,
    stdio: ["ignore", 2, 2],
  });
  if (exitCode !== 0) {
    rmSync(made, { recursive: true, force: true });
    process.stderr.write("Cannot bundle the server: see above. It starts from its sources\n");
    return undefined;
  }
  putInPlace(made, folder);
  dropOld();
  return entry;
}

function makeFolder(path: string): boolean {
  try {
    mkdirSync(path, { recursive: true });
    return true;
  } catch (cause) {
    process.stderr.write(`Cannot bundle the server: ${cause}. It starts from its sources\n`);
    return false;
  }
}

function putInPlace(made: string, folder: string): void {
  try {
    renameSync(made, folder);
  } catch (cause) {
    rmSync(made, { recursive: true, force: true });
    // Another start was first.
    if (!existsSync(join(folder, "main.js"))) throw cause;
  }
}

/** When a source changed last, how many there are, which packages are installed, and by which Bun. */
function stateOfSources(): string {
  const state = { newestMs: statSync(join(ROOT, "bun.lock")).mtimeMs, count: 0 };
  for (const folder of SOURCES) look(folder, state);
  const place = Bun.hash(`${ROOT} ${Bun.version}`).toString(36);
  return `${Math.round(state.newestMs).toString(36)}-${state.count.toString(36)}-${place}`;
}

function look(folder: string, state: { newestMs: number; count: number }): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (NOT_A_SOURCE.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) look(path, state);
    else {
      state.count += 1;
      state.newestMs = Math.max(state.newestMs, statSync(path).mtimeMs);
    }
  }
}

function dropOld(): void {
  const made = readdirSync(DIST)
    .filter((name) => !name.startsWith("."))
    .map((name) => ({ path: join(DIST, name), at: statSync(join(DIST, name)).mtimeMs }))
    .sort((one, other) => other.at - one.at);
  for (const { path } of made.slice(KEPT)) rmSync(path, { recursive: true, force: true });
}
