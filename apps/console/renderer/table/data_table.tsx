/**
 * Rows as a grid. Only those in sight are drawn, so that a million are as fast as fifty.
 *
 * @module
 */

import "./table.css";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from "react";
import type { DataTableProps } from "./data_table_props.ts";
import { TableHead } from "./table_head.tsx";
import { TableRow } from "./table_row.tsx";

/** Height of a row, CSS pixels; also in `table.css`. */
const ROW_PX = 38;

/** Rows drawn beyond those in sight, so that quick scrolling shows no gap. */
const OVERSCAN = 12;

/** Draws the table. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, rowId, columns, choice, cursorId } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    getItemKey: (index) => keyAt(props, index),
  });
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? -1;
  const { onEnd } = props;
  useEffect(() => {
    if (lastShown >= rows.length - 1) onEnd();
  }, [lastShown, rows.length, onEnd]);
  const cursorAt = cursorId === null ? -1 : rows.findIndex((row) => rowId(row) === cursorId);
  useEffect(() => {
    if (cursorAt < 0) return;
    virtual.scrollToIndex(cursorAt);
    const frame = requestAnimationFrame(() => focusRow(scroller.current));
    return () => cancelAnimationFrame(frame);
  }, [cursorAt, virtual]);
  const box = choice === null ? [] : ["1.25rem"];
  const tracks = [...box, ...columns.map((one) => one.width), "2rem"].join(" ");
  return (
    <div className="co-table-scroller" ref={scroller}>
      <table
        className="co-table"
        aria-label={props.label}
        aria-rowcount={-1}
        style={{ minWidth: `${narrowest(tracks)}rem` }}
        onClick={(event) => onClick(event, props)}
        onKeyDown={(event) => onKeyDown(event, props)}
        onContextMenu={(event) => onContextMenu(event, props)}
      >
        <TableHead columns={columns} choice={choice} tracks={tracks} />
        <tbody style={{ height: virtual.getTotalSize() }}>
          {shown.map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <TableRow key={item.key} row={row} item={item} table={props} tracks={tracks} />
            );
          })}
        </tbody>
      </table>
      <div className="co-table-foot">{props.foot}</div>
    </div>
  );
}

/** Room between two cells, and at the ends of a row, rem; also in `table.css`. */
const GAP_REM = 0.875;
const ENDS_REM = 1.375;

/** The least width at which every cell has its own, rem: the first number of each track. */
function narrowest(tracks: string): number {
  const widths = tracks
    .split(/ (?![^(]*\))/)
    .map((track) => Number(/[\d.]+/.exec(track)?.[0] ?? 0));
  return widths.reduce((sum, width) => sum + width + GAP_REM, ENDS_REM - GAP_REM);
}

function keyAt<Row>({ rows, rowId }: DataTableProps<Row>, index: number): string {
  const row = rows[index];
  return row === undefined ? String(index) : rowId(row);
}

function onClick<Row>(event: MouseEvent, table: DataTableProps<Row>): void {
  const { id, columnId, control } = hitBy(event);
  if (id === null) return;
  if (control === "choose") {
    table.choice?.onToggle(id, event.shiftKey);
    table.onPoint(id);
    return;
  }
  if (control === "menu") {
    table.onPoint(id);
    table.onMenu({ id, columnId, place: { left: event.clientX, top: event.clientY } });
    return;
  }
  if (String(getSelection() ?? "") !== "") return;
  table.onPoint(id);
  table.onOpen(id);
}

/** Focus is not taken from a field, a button or a panel that has it. */
function focusRow(scroller: HTMLElement | null): void {
  const isFree =
    document.activeElement === document.body || scroller?.contains(document.activeElement);
  const row = scroller?.querySelector<HTMLElement>('tr[data-cursor="true"]');
  if (isFree === true) row?.focus({ preventScroll: true });
}

function onKeyDown<Row>(event: KeyboardEvent, table: DataTableProps<Row>): void {
  const id = event.target instanceof HTMLTableRowElement ? event.target.dataset["id"] : undefined;
  if (event.key !== "Enter" || id === undefined) return;
  event.preventDefault();
  table.onOpen(id);
}

function onContextMenu<Row>(event: MouseEvent, table: DataTableProps<Row>): void {
  const { id, columnId } = hitBy(event);
  if (id === null) return;
  event.preventDefault();
  table.onPoint(id);
  table.onMenu({ id, columnId, place: { left: event.clientX, top: event.clientY } });
}

/** Which row, cell and control an event fell on. */
function hitBy({ target }: MouseEvent) {
  const element = target instanceof Element ? target : null;
  const control = element?.closest<HTMLElement>("[data-control]")?.dataset["control"] ?? null;
  return {
    id: element?.closest<HTMLElement>("tr[data-id]")?.dataset["id"] ?? null,
    columnId: element?.closest<HTMLElement>("td[data-column]")?.dataset["column"] ?? null,
    control,
  };
}
