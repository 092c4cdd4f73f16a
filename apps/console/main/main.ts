/**
 * Where the console starts: the one module that imports Electron.
 *
 * Nothing is awaited here: Electron becomes ready only when this module has ended.
 *
 * @module
 */

import { app, BrowserWindow, ipcMain, protocol, session } from "electron";
import { startConsole } from "./start_console.ts";

startConsole({ app, BrowserWindow, ipcMain, protocol, session }).catch((cause: unknown) => {
  process.stderr.write(`Cannot start the console: ${String(cause)}\n`);
  app.exit(1);
});
