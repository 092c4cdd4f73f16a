/**
 * What stands below the last row: that there is more, that it is looked for, or that this is all.
 *
 * @module
 */

import { Button } from "@mantine/core";
import type { List } from "./use_list.ts";

/** What the foot is handed. */
export interface ListFootProps<Row> {
  readonly list: List<Row>;
  readonly noun: readonly [string, string];
}

/** Draws it. */
export function ListFoot<Row>({ list, noun }: ListFootProps<Row>) {
  const { rows } = list;
  const count = `${rows.length.toLocaleString("en")} ${rows.length === 1 ? noun[0] : noun[1]}`;
  if (!list.hasMore) return <span>{count}, and that is all</span>;
  if (list.hasFailedMore && !list.isLoadingMore) {
    return (
      <>
        <span>{count}. More could not be loaded</span>
        <Button variant="default" size="xs" onClick={list.loadMore}>
          Try again
        </Button>
      </>
    );
  }
  if (list.isFar && !list.isLoadingMore) {
    return (
      <>
        <span>{count} so far; a long stretch without any</span>
        <Button variant="default" size="xs" onClick={list.loadMore}>
          Look further
        </Button>
      </>
    );
  }
  return (
    <span>
      {list.isLoadingMore ? `${count}, looking for more…` : `${count}, and there are more`}
    </span>
  );
}
