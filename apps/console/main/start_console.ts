/**
 * Puts the console together and opens its window.
 *
 * @module
 */

import { join } from "node:path";
import type { BrowserWindow } from "electron";
import type { TellingName, Tellings } from "../ipc/channels.ts";
import { Desk } from "./desk.ts";
import type { ElectronParts } from "./electron_parts.ts";
import { openIpcDoor } from "./ipc_door.ts";
import type { Fetch } from "./oauth/fetch_port.ts";
import { PAGE_SCHEME } from "./page_address.ts";
import { createPageCalls } from "./page_calls.ts";
import { openProfileBook } from "./profiles/profile_book.ts";
import { isFitAddress } from "./profiles/server_origin.ts";
import { createStateStore } from "./state_store.ts";
import { openVault } from "./vault/vault.ts";
import { confine, openWindow } from "./window/open_window.ts";
import { servePage } from "./window/serve_page.ts";
import { setMenu } from "./window/set_menu.ts";

/** What it is put together from. */
export interface StartDeps {
  readonly electron: ElectronParts;
  readonly fetch: Fetch;
  /** As `process.platform` names it. */
  readonly platform: string;
}

/** Starts it. A second start shows the window of the first, and ends. */
export async function startConsole(deps: StartDeps): Promise<void> {
  const { electron } = deps;
  const { app, protocol } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true } },
  ]);
  app.on("web-contents-created", (_event, contents) => confine(contents));
  app.on("window-all-closed", () => app.quit());
  await app.whenReady();
  denyPermissions(electron);
  setMenu(electron.Menu);
  const built = join(app.getAppPath(), "dist");
  protocol.handle(PAGE_SCHEME, (request) => servePage(join(built, "renderer"), request));
  await openDesk(deps, join(built, "preload.cjs"));
}

/** The page needs none: no camera, no place, no notification of its own. */
function denyPermissions({ session: { defaultSession } }: ElectronParts): void {
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
}

async function openDesk({ electron, fetch, platform }: StartDeps, preload: string): Promise<void> {
  const { app, BrowserWindow, ipcMain, nativeTheme, safeStorage, shell } = electron;
  const folder = app.getPath("userData");
  const book = await openProfileBook(join(folder, "profiles.json"));
  const vault = openVault({ safeStorage, platform, folder: join(folder, "sessions") });
  nativeTheme.themeSource = book.theme;
  const state = createStateStore({
    profiles: book.profiles,
    currentId: book.current?.id ?? null,
    session: null,
    storage: vault.storage,
    connection: "signed_out",
    lastSeenAt: null,
    readOnly: book.current?.production === true,
    signingIn: false,
    theme: book.theme,
  });
  let window: BrowserWindow | null = null;
  function tell<Name extends TellingName>(name: Name, told: Tellings[Name]): void {
    if (window !== null && !window.webContents.isDestroyed()) window.webContents.send(name, told);
  }
  const desk = new Desk({
    ...{ book, vault, state, fetch },
    openExternal: (address) => openInBrowser(shell, address),
    comeForward: () => bringForward(window),
  });
  const calls = createPageCalls({ electron, desk, book, state, tell, window: () => window });
  state.onChange((now) => tell("postern:state-changed", now));
  openIpcDoor({ ipcMain, handlers: calls.handlers, page: () => window?.webContents ?? null });
  app.on("second-instance", () => bringForward(window));
  app.on("before-quit", () => desk.close());
  window = await openWindow({ BrowserWindow, preload, isPackaged: app.isPackaged }, (opened) => {
    window = opened;
    opened.webContents.on("did-start-navigation", ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) calls.stopFollowing();
    });
    opened.on("closed", () => {
      window = null;
      calls.stopFollowing();
    });
  });
  await desk.reopen();
}

function bringForward(window: BrowserWindow | null): void {
  if (window === null) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** Opens nothing but a web page: no file, no program. */
async function openInBrowser(shell: ElectronParts["shell"], address: string): Promise<void> {
  if (!isFitAddress(address)) throw new TypeError("Cannot open that address in the browser");
  await shell.openExternal(address);
}
