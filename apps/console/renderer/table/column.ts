/**
 * The columns of a table.
 *
 * @module
 */

import type { ReactNode } from "react";
import type { Term } from "../query/query_text.ts";

/** A column. */
export interface Column<Row> {
  readonly id: string;
  readonly label: string;
  /** Its track in the grid, such as `minmax(8rem, 1fr)`. */
  readonly width: string;
  /** What is copied. */
  readonly text: (row: Row) => string;
  /** What is shown; the text where it is left out. */
  readonly cell?: (row: Row) => ReactNode;
  /** The term that finds rows with the same. */
  readonly term?: (row: Row) => Term | null;
  /** Set where it is shown only when asked for. */
  readonly isExtra?: boolean;
}
