/**
 * Between the query box and the table: views, how much is loaded, and the columns.
 *
 * @module
 */

import { Icon } from "@postern/ui";
import { below, openMenu } from "../parts/menus.tsx";
import { usePreference } from "../state/preferences.ts";
import type { ListSpec, View } from "./list_spec.ts";
import type { ListColumns } from "./use_columns.ts";
import type { List } from "./use_list.ts";

/** What the tools are handed. */
export interface ListToolsProps<Row> {
  readonly spec: ListSpec<Row>;
  readonly query: string;
  readonly onAsk: (query: string) => void;
  readonly columns: ListColumns<Row>;
  readonly list: List<Row>;
}

const NO_VIEWS: readonly View[] = [];

/** Draws them. */
export function ListTools<Row>({ spec, query, onAsk, columns, list }: ListToolsProps<Row>) {
  const [own, setOwn] = usePreference(`views-${spec.area}`, NO_VIEWS);
  const all = [...spec.views, ...own];
  const isKnown = all.some((view) => view.query === query);
  return (
    <div className="co-tools">
      <fieldset className="co-views">
        <legend className="pt-hidden">Views</legend>
        {all.map((view) => (
          <button
            key={`${view.name} ${view.query}`}
            type="button"
            className="co-chip"
            aria-pressed={view.query === query}
            title={view.query === "" ? "Everything" : view.query}
            onClick={() => onAsk(view.query)}
          >
            {view.name}
          </button>
        ))}
        {isKnown ? null : (
          <button
            type="button"
            className="co-chip"
            data-quiet
            onClick={() => setOwn([...own, { name: query, query }])}
          >
            <Icon name="plus" size={14} /> Keep this view
          </button>
        )}
        {own.some((view) => view.query === query) ? (
          <button
            type="button"
            className="co-chip"
            data-quiet
            onClick={() => setOwn(own.filter((view) => view.query !== query))}
          >
            <Icon name="close" size={14} /> Forget this view
          </button>
        ) : null}
      </fieldset>
      <span className="co-tools-end">
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
