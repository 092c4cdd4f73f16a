/**
 * The dialog that is open, whoever opened it: an area, a menu, or the palette.
 *
 * @module
 */

import { Fragment, type ReactNode, useSyncExternalStore } from "react";
import { createValueStore } from "../state/value_store.ts";

interface OpenDialog {
  readonly id: number;
  readonly draw: (close: () => void) => ReactNode;
}

const open = createValueStore<readonly OpenDialog[]>([]);
let lastId = 0;

/** Opens a dialog above what is there. It is handed what closes it. */
export function openDialog(draw: (close: () => void) => ReactNode): void {
  lastId += 1;
  open.set([...open.get(), { id: lastId, draw }]);
}

/** Draws the dialogs that are open. */
export function DialogHost() {
  const shown = useSyncExternalStore(open.subscribe, open.get);
  return shown.map((one) => (
    <Fragment key={one.id}>
      {one.draw(() => open.set(open.get().filter(({ id }) => id !== one.id)))}
    </Fragment>
  ));
}
