/**
 * `bun run console`: builds the desktop console, and opens it where Electron is installed.
 *
 * @module
 */

import { installDependencies } from "./_install.ts";

installDependencies();
const { buildConsole, CONSOLE_FOLDER, findElectron, MISSING_ELECTRON } = await import(
  "@postern/console"
);
console.log((await buildConsole()).summary);
const electron = findElectron();
if (electron === undefined) {
  process.stderr.write(`${MISSING_ELECTRON}\n`);
  process.exit(1);
}
const child = Bun.spawn([electron, CONSOLE_FOLDER, ...process.argv.slice(2)], {
  stdio: ["ignore", "inherit", "inherit"],
});
process.exit(await child.exited);
