/**
 * Which columns of a list are shown, as somebody chose them.
 *
 * @module
 */

import { usePreference } from "../state/preferences.ts";
import type { Column } from "./column.ts";

/** The columns, and a way to show or hide one. */
export interface ListColumns<Row> {
  readonly all: readonly Column<Row>[];
  readonly shown: readonly Column<Row>[];
  readonly toggle: (id: string) => void;
}

const UNTOUCHED: Readonly<Record<string, boolean>> = {};

/** Keeps the choice of columns; the first always stays. */
export function useColumns<Row>(area: string, all: readonly Column<Row>[]): ListColumns<Row> {
  const [chosen, setChosen] = usePreference(`columns-${area}`, UNTOUCHED);
  const isShown = (column: Column<Row>) =>
    column === all[0] || (chosen[column.id] ?? column.isExtra !== true);
  return {
    all,
    shown: all.filter(isShown),
    toggle: (id) => {
      const column = all.find((one) => one.id === id);
      if (column !== undefined) setChosen({ ...chosen, [id]: !isShown(column) });
    },
  };
}
