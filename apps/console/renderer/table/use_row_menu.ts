/**
 * The menu of a row: what can be done with it, what finds others like it, and what can be copied.
 *
 * @module
 */

import { bridge } from "../calls/api.ts";
import { toasts } from "../calls/toasts.ts";
import { type MenuItem, openMenu } from "../parts/menus.tsx";
import { termText, withTerm } from "../query/query_text.ts";
import { placeOf } from "../route/address.ts";
import { copyLink } from "../route/copy_link.ts";
import { useAddress } from "../route/use_address.ts";
import { useConsole } from "../state/console_state.ts";
import type { Column } from "./column.ts";
import type { MenuTarget } from "./data_table_props.ts";
import type { ListSpec } from "./list_spec.ts";

/** What the menu acts on. */
export interface RowMenuOptions<Row> {
  readonly rows: readonly Row[];
  readonly onAsk: (query: string) => void;
  readonly onOpen: (id: string) => void;
}

/** Answers what opens the menu of a row. */
export function useRowMenu<Row>(
  spec: ListSpec<Row>,
  { rows, onAsk, onOpen }: RowMenuOptions<Row>,
): (target: MenuTarget) => void {
  const state = useConsole();
  const { query } = useAddress();
  return ({ id, columnId, place }) => {
    const row = rows.find((one) => spec.rowId(one) === id);
    if (row === undefined) return;
    const columns = spec.columns.toSorted(
      (one, other) => Number(other.id === columnId) - Number(one.id === columnId),
    );
    const opening: readonly MenuItem[] =
      spec.Detail === undefined
        ? []
        : [{ kind: "item", label: "Open", hint: "o", run: () => onOpen(id) }];
    openMenu(spec.rowLabel(row), place, [
      ...opening,
      ...spec.rowActions(row, state),
      { kind: "heading", label: "Filter by this" },
      ...columns.flatMap((column) =>
        filterItem(column, row, (term) => onAsk(withTerm(query, term))),
      ),
      { kind: "heading", label: "Copy" },
      ...columns.flatMap((column) => copyItem(column, row)),
      {
        kind: "item",
        label: "Copy as JSON",
        run: () => void copy(JSON.stringify(row, null, 2), "The row"),
      },
      ...(spec.Detail === undefined
        ? []
        : [
            {
              kind: "item" as const,
              label: "Copy the link",
              run: () => void copyLink(placeOf(spec.area, "", id)),
            },
          ]),
    ]);
  };
}

function filterItem<Row>(
  column: Column<Row>,
  row: Row,
  onTerm: (term: Parameters<typeof termText>[0]) => void,
): readonly MenuItem[] {
  const term = column.term?.(row) ?? null;
  if (term === null) return [];
  return [{ kind: "item", label: termText(term), run: () => onTerm(term) }];
}

function copyItem<Row>(column: Column<Row>, row: Row): readonly MenuItem[] {
  const text = column.text(row);
  if (text === "") return [];
  return [
    {
      kind: "item",
      label: `Copy ${column.label.toLowerCase()}`,
      hint: text.length > 24 ? `${text.slice(0, 23)}…` : text,
      run: () => void copy(text, column.label),
    },
  ];
}

async function copy(text: string, label: string): Promise<void> {
  const copied = await bridge.copy(text);
  if (copied.ok) toasts.add(`${label} copied`);
  else toasts.add(copied.error.message, "bad");
}
