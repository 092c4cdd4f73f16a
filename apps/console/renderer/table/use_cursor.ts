/**
 * The keys of a list: down, up, open, choose, menu, and into the query box.
 *
 * @module
 */

import type { RefObject } from "react";
import { useKeys } from "../keys/use_keys.ts";
import type { MenuTarget } from "./data_table_props.ts";

/** What the keys act on. */
export interface CursorOptions {
  readonly ids: readonly string[];
  readonly cursorId: string | null;
  readonly onMove: (id: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onMenu: (target: MenuTarget) => void;
  readonly onToggle: (id: string) => void;
  readonly onClose: () => void;
  readonly box: RefObject<HTMLInputElement | null>;
  readonly hasChoice: boolean;
}

const GROUP = "In a list";

/** Binds them. */
export function useCursor(options: CursorOptions): void {
  const { ids, cursorId, box } = options;
  const at = cursorId === null ? -1 : ids.indexOf(cursorId);

  function move(step: number): void {
    const next = ids[Math.max(0, Math.min(ids.length - 1, at + step))];
    if (next !== undefined) options.onMove(next);
  }

  function withCursor(run: (id: string) => void): void {
    if (cursorId !== null && at >= 0) run(cursorId);
  }

  function menu(id: string): void {
    const row = document.getElementById(`row-${id}`)?.getBoundingClientRect();
    const place = { left: (row?.left ?? 0) + 48, top: row?.bottom ?? 0 };
    options.onMenu({ id, columnId: null, place });
  }

  const choose = {
    keys: "x",
    label: "Choose the row, or no longer",
    group: GROUP,
    run: () => withCursor(options.onToggle),
  };
  useKeys([
    { keys: "j", label: "Next row", group: GROUP, run: () => move(1) },
    { keys: "arrowdown", label: "Next row", group: GROUP, run: () => move(1) },
    { keys: "k", label: "Row before", group: GROUP, run: () => move(-1) },
    { keys: "arrowup", label: "Row before", group: GROUP, run: () => move(-1) },
    { keys: "home", label: "First row", group: GROUP, run: () => move(-ids.length) },
    { keys: "end", label: "Last row that is loaded", group: GROUP, run: () => move(ids.length) },
    { keys: "o", label: "Open the row", group: GROUP, run: () => withCursor(options.onOpen) },
    { keys: "m", label: "Menu of the row", group: GROUP, run: () => withCursor(menu) },
    ...(options.hasChoice ? [choose] : []),
    { keys: "/", label: "Into the query box", group: GROUP, run: () => box.current?.focus() },
    { keys: "escape", label: "Close what is open", group: GROUP, run: options.onClose },
  ]);
}
