/**
 * The console, as commands and tests see it.
 *
 * @module
 */

export { buildConsole } from "./build.ts";
export { CONSOLE_FOLDER, findElectron } from "./find_electron.ts";
