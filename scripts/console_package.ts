/**
 * `bun run console:package`: makes installers of the console for this system, where Electron is installed.
 *
 * The packaging programs are a folder of their own with a lock file of its own: nobody else needs them.
 *
 * @module
 */

import { installDependencies } from "./_install.ts";

installDependencies();
const { findElectron, MISSING_ELECTRON, PACKAGING_FOLDER, stageApp } = await import(
  "@postern/console"
);
if (findElectron() === undefined) fail(MISSING_ELECTRON);
await stageApp();
run("install", "--frozen-lockfile");
run("x", "electron-builder", "--config", "builder.json", ...process.argv.slice(2));
console.log("The installers are in apps/console/packaging/dist/installers");

/** Runs Bun in the packaging folder, and ends here where it fails. */
function run(...args: readonly string[]): void {
  const { exitCode } = Bun.spawnSync([process.execPath, ...args], {
    cwd: PACKAGING_FOLDER,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (exitCode !== 0) fail(`Cannot package the console: ${args.join(" ")} failed, see above`);
}

function fail(text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
