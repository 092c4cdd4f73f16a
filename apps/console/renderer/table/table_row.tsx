/**
 * One row of a table.
 *
 * @module
 */

import { Icon } from "@postern/ui";
import type { VirtualItem } from "@tanstack/react-virtual";
import type { DataTableProps } from "./data_table_props.ts";

/** What a row is handed. */
export interface TableRowProps<Row> {
  readonly row: Row;
  readonly item: VirtualItem;
  readonly table: DataTableProps<Row>;
  /** The grid's columns. */
  readonly tracks: string;
}

/** Draws it. Clicks are heard by the table. */
export function TableRow<Row>({ row, item, table, tracks }: TableRowProps<Row>) {
  const id = table.rowId(row);
  const { choice } = table;
  const isChosen = choice?.isChosen(id) ?? false;
  const isGone = table.goneIds.has(id);
  return (
    <tr
      id={`row-${id}`}
      data-id={id}
      data-cursor={table.cursorId === id}
      data-open={table.openId === id}
      aria-rowindex={item.index + 2}
      data-chosen={isChosen}
      data-gone={isGone}
      title={isGone ? "It has ended, or matches no more" : undefined}
      tabIndex={table.cursorId === id || (table.cursorId === null && item.index === 0) ? 0 : -1}
      style={{ gridTemplateColumns: tracks, transform: `translateY(${item.start}px)` }}
    >
      {choice === null ? null : (
        <td className="co-cell-box">
          <input
            type="checkbox"
            className="co-box"
            data-control="choose"
            tabIndex={-1}
            aria-label={`Choose ${table.rowLabel(row)}`}
            checked={isChosen}
            readOnly
          />
        </td>
      )}
      {table.columns.map((column, index) => (
        <td key={column.id} data-column={column.id}>
          <span className="co-cell">
            {column.cell?.(row) ?? column.text(row)}
            {isGone && index === 0 ? <span className="pt-hidden"> (gone)</span> : null}
          </span>
        </td>
      ))}
      <td className="co-cell-menu">
        <button
          type="button"
          className="co-icon-button"
          data-control="menu"
          tabIndex={-1}
          aria-label={`Menu of ${table.rowLabel(row)}`}
        >
          <Icon name="more" size={16} />
        </button>
      </td>
    </tr>
  );
}
