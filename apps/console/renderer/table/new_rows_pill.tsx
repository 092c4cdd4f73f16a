/**
 * "12 new": rows that came since the list was asked for. They are shown when told to, so that nothing
 * moves under a pointer.
 *
 * @module
 */

import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import type { ListSpec } from "./list_spec.ts";
import { useFreshRows } from "./use_fresh_rows.ts";
import type { Page } from "./use_list.ts";

/** What the pill is handed. */
export interface NewRowsPillProps<Row> {
  readonly spec: ListSpec<Row>;
  readonly query: string;
  readonly rows: readonly Row[];
}

/** Shows how many there are; nothing where there are none. */
export function NewRowsPill<Row>({ spec, query, rows }: NewRowsPillProps<Row>) {
  const cache = useQueryClient();
  const fresh = useFreshRows(spec, query, rows);

  function show(): void {
    const key = [spec.area, "list", query];
    // Where there may be others between these and those that are shown, the list begins anew.
    if (fresh.isWhole) {
      cache.setQueryData<InfiniteData<Page<Row>>>(key, (old) => prepend(old, fresh.rows));
    } else void cache.resetQueries({ queryKey: key });
  }

  return (
    <div className="co-pill-place" role="status">
      {fresh.rows.length === 0 ? null : (
        <button type="button" className="co-pill" onClick={show}>
          {fresh.isWhole ? fresh.rows.length : `${fresh.rows.length} or more`} new
        </button>
      )}
    </div>
  );
}

function prepend<Row>(
  old: InfiniteData<Page<Row>> | undefined,
  rows: readonly Row[],
): InfiniteData<Page<Row>> | undefined {
  const [first, ...rest] = old?.pages ?? [];
  if (old === undefined || first === undefined) return old;
  return { ...old, pages: [{ ...first, items: [...rows, ...first.items] }, ...rest] };
}
