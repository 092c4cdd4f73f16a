/**
 * The console's window: a sandboxed page that stays where it is.
 *
 * @module
 */

import type { BrowserWindow, BrowserWindowConstructorOptions, WebContents } from "electron";
import { isOwnPage, PAGE_URL } from "../page_address.ts";

/** What opening it needs. */
export interface OpenWindowDeps {
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => BrowserWindow;
  /** The built preload. */
  readonly preload: string;
  /** Whether this is what people install; else the tools of a developer may be opened. */
  readonly isPackaged: boolean;
}

/** Opens the window and loads the page. @param onOpened Called before anything of the page runs. */
export async function openWindow(
  { BrowserWindow, preload, isPackaged }: OpenWindowDeps,
  onOpened: (window: BrowserWindow) => void,
): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1_280,
    height: 820,
    minWidth: 760,
    minHeight: 520,
    show: false,
    title: "Postern",
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: !isPackaged,
    },
  });
  confine(window.webContents);
  onOpened(window);
  window.once("ready-to-show", () => window.show());
  await window.loadURL(PAGE_URL);
  return window;
}

/** Keeps contents at the console's own page: no navigation, no window, no embedded page. */
export function confine(contents: WebContents): void {
  const stay = (event: { preventDefault(): void; readonly url: string }): void => {
    if (!isOwnPage(event.url)) event.preventDefault();
  };
  contents.on("will-navigate", stay);
  contents.on("will-redirect", stay);
  contents.on("will-frame-navigate", stay);
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}
