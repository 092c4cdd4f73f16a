/**
 * What can be done with the rows that are chosen.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { useConsole } from "../state/console_state.ts";
import type { Chosen, ListSpec } from "./list_spec.ts";
import { isNothing } from "./selection.ts";
import type { List } from "./use_list.ts";
import type { ListSelection } from "./use_selection.ts";

/** What the bar is handed. */
export interface BulkBarProps<Row> {
  readonly spec: ListSpec<Row>;
  readonly query: string;
  readonly selection: ListSelection;
  readonly list: List<Row>;
}

/** Draws it while something is chosen. */
export function BulkBar<Row>({ spec, query, selection, list }: BulkBarProps<Row>) {
  const state = useConsole();
  if (isNothing(selection.selection)) return null;
  const chosen = chosenOf({ spec, query, selection, list });
  const [one, many] = spec.noun;
  const count = chosen.kind === "all" ? 0 : chosen.rows.length;
  const isAllLoaded = chosen.kind === "some" && count === list.rows.length && list.hasMore;
  return (
    <section className="co-bulk" aria-label="Chosen rows">
      <strong>
        {chosen.kind === "all" ? `All ${many} that match` : `${count} ${count === 1 ? one : many}`}
      </strong>
      {isAllLoaded ? (
        <button type="button" className="co-link" onClick={selection.chooseAllMatching}>
          Choose all that match
        </button>
      ) : null}
      <span className="co-bulk-actions">
        {spec.bulk.map((action) => {
          const hindrance = action.hindrance(state, chosen);
          return (
            <Button
              key={action.label}
              size="sm"
              variant={action.tone === "danger" ? "outline" : "default"}
              color={action.tone === "danger" ? "red" : "verdigris"}
              title={hindrance ?? undefined}
              disabled={hindrance !== null}
              onClick={() => action.open(chosen, selection.clear)}
            >
              {action.label}
            </Button>
          );
        })}
        <Button size="sm" variant="subtle" onClick={selection.clear}>
          Choose none
        </Button>
      </span>
    </section>
  );
}

function chosenOf<Row>({ spec, query, list, selection }: BulkBarProps<Row>): Chosen<Row> {
  const { selection: choice } = selection;
  if (choice.kind === "all") return { kind: "all", query };
  return { kind: "some", rows: list.rows.filter((row) => choice.ids.has(spec.rowId(row))) };
}
