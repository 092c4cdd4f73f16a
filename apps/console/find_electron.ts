/**
 * Where Electron's own program is, if it was downloaded. Downloads nothing.
 *
 * @module
 */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The console's own folder, which Electron is started with. */
export const CONSOLE_FOLDER: string = import.meta.dir;

/** What to do where the program is missing. */
export const MISSING_ELECTRON =
  "Electron's program is missing: fetch it with `cd apps/console && bun x install-electron`, then try again";

/** Finds the program; `undefined` where there is none. */
export function findElectron(): string | undefined {
  const folder = join(CONSOLE_FOLDER, "node_modules/electron");
  const pathFile = join(folder, "path.txt");
  if (!existsSync(pathFile)) return undefined;
  const program = join(folder, "dist", readFileSync(pathFile, "utf8"));
  return existsSync(program) ? program : undefined;
}
