/**
 * Many rows as one argument: a JSON text that a statement takes apart with `json_each(?)`.
 *
 * One statement for 32 rows costs half of 32 statements. The text is made here only: SQLite turns an
 * escaped lone surrogate into bytes that are not UTF-8, and libsql aborts the process when it reads
 * such a text. So none gets in.
 *
 * @module
 */

/** A value of a column. */
export type Cell = string | number | null;

/** Rows of cells as one JSON text. Lone surrogates become U+FFFD. */
export function jsonRows(rows: readonly (readonly Cell[])[]): string {
  return JSON.stringify(rows, wellFormed);
}

/** The cells of a row of `json_each`, in the order of the rows' cells, to stand in a SELECT. */
export function cellsOf(count: number): string {
  return Array.from({ length: count }, (_, index) => `value ->> ${index}`).join(", ");
}

/** For `JSON.stringify`: makes of each text what the database gives back of it. */
export function wellFormed(_name: string, value: unknown): unknown {
  return typeof value === "string" ? value.toWellFormed() : value;
}
