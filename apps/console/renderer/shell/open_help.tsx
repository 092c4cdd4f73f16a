/**
 * Opens the sheet of keys.
 *
 * @module
 */

import { HelpSheet } from "../keys/help_sheet.tsx";
import { openDialog } from "../parts/dialogs.tsx";

/** Opens it, from anywhere. */
export function openHelp(): void {
  openDialog((close) => <HelpSheet onClose={close} />);
}
