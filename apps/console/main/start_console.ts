/**
 * Puts the console together and opens its window.
 *
 * @module
 */

import { join } from "node:path";
import type { ElectronParts } from "./electron_parts.ts";
import { PAGE_SCHEME } from "./page_address.ts";
import { confine, openWindow } from "./window/open_window.ts";
import { servePage } from "./window/serve_page.ts";

/** Starts it. A second start shows the window of the first, and ends. */
export async function startConsole(electron: ElectronParts): Promise<void> {
  const { app, BrowserWindow, protocol, session } = electron;
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
  const built = join(app.getAppPath(), "dist");
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  protocol.handle(PAGE_SCHEME, (request) => servePage(join(built, "renderer"), request));
  const window = await openWindow({ BrowserWindow, preload: join(built, "preload.cjs") });
  app.on("second-instance", () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
}
