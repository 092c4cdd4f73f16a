/**
 * "12 new": rows that came since the list was asked for. They are shown when told to, so that nothing
 * moves under a pointer.
 *
 * @module
 */

import type { FreshRows } from "./use_fresh_rows.ts";
import type { List } from "./use_list.ts";

/** What the pill is handed. */
export interface NewRowsPillProps<Row> {
  readonly fresh: FreshRows<Row>;
  readonly list: List<Row>;
}

/** Shows how many there are; nothing where there are none. */
export function NewRowsPill<Row>({ fresh, list }: NewRowsPillProps<Row>) {
  const { rows, isWhole } = fresh;
  return (
    <div className="co-pill-place" role="status">
      {rows.length === 0 ? null : (
        <button
          type="button"
          className="co-pill"
          // Where there may be others between these and those that are shown, the list begins anew.
          onClick={() => (isWhole ? list.prepend(rows) : list.restart())}
        >
          {isWhole ? rows.length : `${rows.length} or more`} new
        </button>
      )}
    </div>
  );
}
