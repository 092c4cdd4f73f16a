/**
 * Opens the palette.
 *
 * @module
 */

import { Palette } from "../palette/palette.tsx";
import { openDialog } from "../parts/dialogs.tsx";

/** Opens it, where no dialog is open. */
export function openPalette(): void {
  if (document.querySelector("dialog[open]") !== null) return;
  openDialog((close) => <Palette onClose={close} />);
}
