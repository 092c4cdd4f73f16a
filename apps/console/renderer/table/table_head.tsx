/**
 * The names of the columns, and the box that chooses all rows.
 *
 * @module
 */

import { useEffect, useRef } from "react";
import type { Column } from "./column.ts";
import type { TableChoice } from "./data_table_props.ts";

/** What the head is handed. */
export interface TableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly choice: TableChoice | null;
  /** The grid's columns. */
  readonly tracks: string;
}

/** Draws it. */
export function TableHead<Row>({ columns, choice, tracks }: TableHeadProps<Row>) {
  return (
    <thead>
      <tr style={{ gridTemplateColumns: tracks }}>
        {choice === null ? null : (
          <th scope="col" className="co-cell-box">
            <ChooseAll choice={choice} />
          </th>
        )}
        {columns.map((column) => (
          <th key={column.id} scope="col">
            {column.label}
          </th>
        ))}
        <th scope="col">
          <span className="pt-hidden">Menu</span>
        </th>
      </tr>
    </thead>
  );
}

function ChooseAll({ choice }: { readonly choice: TableChoice }) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = choice.box === "mixed";
  }, [choice.box]);
  return (
    <input
      ref={box}
      type="checkbox"
      className="co-box"
      aria-label="Choose all loaded rows"
      checked={choice.box === "on"}
      onChange={choice.onToggleAll}
    />
  );
}
