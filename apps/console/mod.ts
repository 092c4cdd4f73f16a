/**
 * The console, as commands and tests see it.
 *
 * @module
 */

export { buildConsole } from "./build.ts";
export { CONSOLE_FOLDER, findElectron, MISSING_ELECTRON } from "./find_electron.ts";
export type { Bridge, ConsoleState, RpcEvent } from "./ipc/bridge.ts";
export type { ElectronParts } from "./main/electron_parts.ts";
export { startConsole } from "./main/start_console.ts";
export { PACKAGING_FOLDER, stageApp } from "./stage_app.ts";
