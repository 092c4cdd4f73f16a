/**
 * Puts together what is packed into an installer: the built console, and what tells Electron to start it.
 *
 * @module
 */

import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import packageJson from "../../package.json" with { type: "json" };
import { buildConsole } from "./build.ts";
import { CONSOLE_FOLDER } from "./find_electron.ts";

/** Where installers are made, by programs that only this folder has. */
export const PACKAGING_FOLDER: string = join(CONSOLE_FOLDER, "packaging");

/** Builds the console and stages it. Everything is bundled, so there are no packages beside it. */
export async function stageApp(): Promise<void> {
  await buildConsole();
  const app = join(PACKAGING_FOLDER, "dist/app");
  await rm(app, { recursive: true, force: true });
  await mkdir(app, { recursive: true });
  await cp(join(CONSOLE_FOLDER, "dist"), join(app, "dist"), { recursive: true });
  const { version, license } = packageJson;
  const manifest = {
    name: "postern-console",
    description: "Administers Postern servers",
    author: "Postern",
    ...{ version, license, type: "module", main: "dist/main.js" },
  };
  await writeFile(join(app, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
