/**
 * "12 new": rows that came since the list was asked for. They are shown when told to, so that nothing
 * moves under a pointer.
 *
 * @module
 */

import { type InfiniteData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useConsole } from "../state/console_state.ts";
import type { ListSpec } from "./list_spec.ts";
import type { Page } from "./use_list.ts";

/** How often new rows are looked for, milliseconds. */
const LOOK_MS = 4_000;

/** What the pill is handed. */
export interface NewRowsPillProps<Row> {
  readonly spec: ListSpec<Row>;
  readonly query: string;
  readonly rows: readonly Row[];
}

/** Shows how many there are; nothing where there are none. */
export function NewRowsPill<Row>({ spec, query, rows }: NewRowsPillProps<Row>) {
  const cache = useQueryClient();
  const { connection } = useConsole();
  const key = [spec.area, "newest", query];
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => spec.fetchPage(query, undefined),
    refetchInterval: LOOK_MS,
    enabled: connection === "online" && rows.length > 0,
  });
  const loaded = new Set(rows.map(spec.rowId));
  const fresh = (data?.items ?? []).filter((row) => !loaded.has(spec.rowId(row)));
  const isWhole = fresh.length < (data?.items.length ?? 0);

  function show(): void {
    const listKey = [spec.area, "list", query];
    // Where even the last of the newest is new, there may be others between: the list begins anew.
    if (isWhole) cache.setQueryData<InfiniteData<Page<Row>>>(listKey, (old) => prepend(old, fresh));
    else void cache.resetQueries({ queryKey: listKey });
  }

  return (
    <div className="co-pill-place" role="status">
      {fresh.length === 0 ? null : (
        <button type="button" className="co-pill" onClick={show}>
          {isWhole ? fresh.length : `${fresh.length} or more`} new
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
