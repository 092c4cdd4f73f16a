/**
 * What is chosen in a list; another query begins anew.
 *
 * @module
 */

import { useEffect, useRef, useState } from "react";
import type { TableChoice } from "./data_table_props.ts";
import { boxOf, chooseRange, isChosen, NOTHING, type Selection, toggle } from "./selection.ts";

/** The choice, and ways to change it. */
export interface ListSelection {
  readonly selection: Selection;
  readonly choice: TableChoice;
  readonly toggle: (id: string) => void;
  readonly chooseAllMatching: () => void;
  readonly clear: () => void;
}

/** Keeps the choice of a list. @param loaded Ids of the rows that are there, in order. */
export function useSelection(query: string, loaded: readonly string[]): ListSelection {
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const last = useRef<string | null>(null);
  useEffect(() => setSelection(NOTHING), [query]);

  function onToggle(id: string, isRange: boolean): void {
    const from = last.current;
    last.current = id;
    setSelection(
      isRange && from !== null
        ? chooseRange(selection, loaded, [from, id])
        : toggle(selection, id, loaded),
    );
  }

  const box = boxOf(selection, loaded);
  return {
    selection,
    choice: {
      box,
      isChosen: (id) => isChosen(selection, id),
      onToggle,
      onToggleAll: () =>
        setSelection(box === "on" ? NOTHING : { kind: "some", ids: new Set(loaded) }),
    },
    toggle: (id) => onToggle(id, false),
    chooseAllMatching: () => setSelection({ kind: "all" }),
    clear: () => setSelection(NOTHING),
  };
}
