/**
 * The part of Electron that the main room uses, as one value that is handed in.
 *
 * `main.ts` alone imports Electron itself; all else gets this, so that it runs wherever something
 * that behaves alike is handed in.
 *
 * @module
 */

import type * as Electron from "electron";

/** What of Electron is used. */
export type ElectronParts = Pick<
  typeof Electron,
  "app" | "BrowserWindow" | "ipcMain" | "protocol" | "session"
>;
