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
export interface ElectronParts {
  readonly app: Pick<
    typeof Electron.app,
    | "requestSingleInstanceLock"
    | "quit"
    | "on"
    | "whenReady"
    | "getAppPath"
    | "getPath"
    | "isPackaged"
  >;
  readonly BrowserWindow: new (
    options: Electron.BrowserWindowConstructorOptions,
  ) => Electron.BrowserWindow;
  readonly clipboard: Pick<typeof Electron.clipboard, "writeText">;
  readonly dialog: Pick<typeof Electron.dialog, "showSaveDialog">;
  readonly ipcMain: Pick<typeof Electron.ipcMain, "handle">;
  readonly Menu: Pick<typeof Electron.Menu, "setApplicationMenu" | "buildFromTemplate">;
  readonly nativeTheme: Pick<typeof Electron.nativeTheme, "themeSource">;
  readonly Notification: new (
    options: Electron.NotificationConstructorOptions,
  ) => Pick<Electron.Notification, "show">;
  readonly protocol: Pick<typeof Electron.protocol, "registerSchemesAsPrivileged" | "handle">;
  readonly safeStorage: Pick<
    typeof Electron.safeStorage,
    "isEncryptionAvailable" | "getSelectedStorageBackend" | "encryptString" | "decryptString"
  >;
  readonly session: Pick<typeof Electron.session, "defaultSession">;
  readonly shell: Pick<typeof Electron.shell, "openExternal">;
}
