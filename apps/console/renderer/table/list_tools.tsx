/**
 * Between the query box and the table: views, facets, asking again, and the columns.
 *
 * @module
 */

import { Icon } from "@postern/ui";
import { below, openMenu } from "../parts/menus.tsx";
import type { ListSpec } from "./list_spec.ts";
import { ListViews } from "./list_views.tsx";
import type { ListColumns } from "./use_columns.ts";
import type { ListFacets } from "./use_facets.ts";
import type { List } from "./use_list.ts";

/** What the tools are handed. */
export interface ListToolsProps<Row> {
  readonly spec: ListSpec<Row>;
  readonly query: string;
  readonly onAsk: (query: string) => void;
  readonly columns: ListColumns<Row>;
  readonly list: List<Row>;
  readonly facets: ListFacets;
}

/** Draws them. */
export function ListTools<Row>(props: ListToolsProps<Row>) {
  const { spec, query, onAsk, columns, list, facets } = props;
  return (
    <div className="co-tools">
      <ListViews area={spec.area} views={spec.views} query={query} onAsk={onAsk} />
      <span className="co-tools-end">
        {facets.areThere ? (
          <button
            type="button"
            className="co-icon-button"
            aria-label="Facets"
            aria-expanded={facets.isOpen}
            title="Facets (f)"
            onClick={facets.toggle}
          >
            <Icon name="filter" size={16} />
          </button>
        ) : null}
        <button
          type="button"
          className="co-icon-button"
          aria-label="Ask again"
          title="Ask again"
          onClick={list.reload}
        >
          <Icon name="refresh" size={16} />
        </button>
        <button
          type="button"
          className="co-icon-button"
          aria-label="Columns"
          title="Columns"
          aria-haspopup="menu"
          onClick={(event) => openColumns(event.currentTarget, columns)}
        >
          <Icon name="columns" size={16} />
        </button>
      </span>
    </div>
  );
}

function openColumns<Row>(anchor: Element, { all, shown, toggle }: ListColumns<Row>): void {
  openMenu(
    "Columns",
    below(anchor),
    all.slice(1).map((column) => ({
      kind: "item",
      label: column.label,
      isChecked: shown.includes(column),
      run: () => toggle(column.id),
    })),
  );
}
