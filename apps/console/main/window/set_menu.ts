/**
 * The menu: what an editable page needs, and no door to the tools of a developer.
 *
 * @module
 */

import type { ElectronParts } from "../electron_parts.ts";

/** Sets it. */
export function setMenu(Menu: ElectronParts["Menu"]): void {
  const roles = ["appMenu", "editMenu", "windowMenu"] as const;
  Menu.setApplicationMenu(Menu.buildFromTemplate(roles.map((role) => ({ role }))));
}
