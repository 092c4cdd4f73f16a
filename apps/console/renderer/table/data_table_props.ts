/**
 * What a table is handed, and what it tells.
 *
 * @module
 */

import type { ReactNode } from "react";
import type { Column } from "./column.ts";

/** What a table is handed. */
export interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly rowLabel: (row: Row) => string;
  /** Rows that are still shown, and are no more. */
  readonly goneIds: ReadonlySet<string>;
  /** Row that the keys act on; null while there is none. */
  readonly cursorId: string | null;
  readonly openId: string | null;
  /** Null where rows cannot be chosen. */
  readonly choice: TableChoice | null;
  readonly onPoint: (id: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onMenu: (target: MenuTarget) => void;
  /** Asks for more rows, since the last is in sight. */
  readonly onEnd: () => void;
  /** What stands below the last row. */
  readonly foot: ReactNode;
}

/** How rows are chosen. */
export interface TableChoice {
  readonly box: "on" | "off" | "mixed";
  readonly isChosen: (id: string) => boolean;
  readonly onToggle: (id: string, isRange: boolean) => void;
  readonly onToggleAll: () => void;
}

/** For which row, and which of its cells, a menu is asked. */
export interface MenuTarget {
  readonly id: string;
  readonly columnId: string | null;
  readonly place: { readonly left: number; readonly top: number };
}
