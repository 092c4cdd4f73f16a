/**
 * Where the console starts: the one module that imports Electron.
 *
 * Nothing is awaited here: Electron becomes ready only when this module has ended.
 *
 * @module
 */

import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeTheme,
  protocol,
  safeStorage,
  session,
  shell,
} from "electron";
import { startConsole } from "./start_console.ts";

const electron = {
  ...{ app, BrowserWindow, clipboard, dialog, ipcMain, Menu, nativeTheme, Notification },
  ...{ protocol, safeStorage, session, shell },
};
const { platform } = process;
startConsole({ electron, platform, fetch: (...asked) => fetch(...asked) }).catch(
  (cause: unknown) => {
    process.stderr.write(`Cannot start the console: ${String(cause)}\n`);
    app.exit(1);
  },
);
