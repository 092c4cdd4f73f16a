/**
 * What stands where a table would: it is waited for, it is empty, or it could not be loaded.
 *
 * @module
 */

import { problemOf } from "../calls/problem.ts";
import { ErrorPanel, StatePanel } from "../parts/state_panel.tsx";
import type { ListSpec } from "./list_spec.ts";
import type { List } from "./use_list.ts";

/** What is shown in its place. */
export interface ListStatesProps<Row> {
  readonly spec: ListSpec<Row>;
  readonly list: List<Row>;
  readonly query: string;
  readonly onAsk: (query: string) => void;
}

/** Rows that are drawn while the first ones are waited for. */
const GHOSTS = [72, 55, 64, 80, 48, 68, 59, 75];

/** Draws it. */
export function ListStates<Row>({ spec, list, query, onAsk }: ListStatesProps<Row>) {
  if (list.isWaiting) return <Ghosts label={`Loading ${spec.noun[1]}`} />;
  if (list.error !== null && problemOf(list.error).code === "invalid_request") {
    return (
      <StatePanel
        icon="search"
        title="The query cannot be read"
        action={{ label: "Clear the query", run: () => onAsk("") }}
      >
        What is wrong with it stands at the box above.
      </StatePanel>
    );
  }
  if (list.error !== null) return <ErrorPanel error={list.error} onRetry={list.reload} />;
  if (list.hasMore) {
    return (
      <StatePanel
        icon="search"
        title="Nothing yet"
        action={{ label: "Look further", run: list.loadMore }}
        isLive
      >
        {list.isLoadingMore
          ? "It is being looked for…"
          : "A long stretch was looked through without finding any. There is more behind it."}
      </StatePanel>
    );
  }
  if (query === "") {
    return (
      <StatePanel icon={spec.empty.icon} title={spec.empty.title}>
        {spec.empty.words}
      </StatePanel>
    );
  }
  return (
    <StatePanel
      icon="search"
      title={`No ${spec.noun[1]} match`}
      action={{ label: "Clear the query", run: () => onAsk("") }}
    >
      Every term of the query must hold. Take one away, or widen the time.
    </StatePanel>
  );
}

function Ghosts({ label }: { readonly label: string }) {
  return (
    <div className="co-ghosts" role="status" aria-label={label}>
      {GHOSTS.map((width) => (
        <span key={width} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
