/**
 * The state of an area that is a list.
 *
 * @module
 */

import { useCallback, useRef, useState } from "react";
import { problemOf } from "../calls/problem.ts";
import { placeOf } from "../route/address.ts";
import { goTo, replaceAddress, useAddress } from "../route/use_address.ts";
import type { ListSpec } from "./list_spec.ts";
import { useColumns } from "./use_columns.ts";
import { useCursor } from "./use_cursor.ts";
import { useFreshRows } from "./use_fresh_rows.ts";
import { useList } from "./use_list.ts";
import { useRowMenu } from "./use_row_menu.ts";
import { useSelection } from "./use_selection.ts";

/** All that the area is drawn from. */
export function useListArea<Row>(spec: ListSpec<Row>) {
  const { area, Detail } = spec;
  const { query, open } = useAddress();
  const box = useRef<HTMLInputElement>(null);
  const list = useList({ ...spec, query });
  const fresh = useFreshRows(spec, query, list);
  const { rows, loadMore, isFar, hasFailedMore } = list;
  const ids = rows.map(spec.rowId);
  const columns = useColumns(area, spec.columns);
  const selection = useSelection(query, ids);
  const [cursorId, setCursorId] = useState<string | null>(null);
  const ask = (next: string) => replaceAddress(placeOf(area, next, open));
  const close = () => goTo(placeOf(area, query));
  const show = (id: string) =>
    Detail === undefined ? setCursorId(id) : goTo(placeOf(area, query, id));
  const onMenu = useRowMenu(spec, { rows, onAsk: ask, onOpen: show });
  const hasChoice = spec.bulk.length > 0;
  useCursor({
    ids,
    cursorId,
    onMove: setCursorId,
    onOpen: show,
    onMenu,
    onToggle: selection.toggle,
    onClose: close,
    box,
    hasChoice,
  });
  const onEnd = useCallback(() => {
    if (!(isFar || hasFailedMore)) loadMore();
  }, [isFar, hasFailedMore, loadMore]);
  const problem = list.error === null ? null : problemOf(list.error);
  const wrongQuery = problem?.code === "invalid_request" ? problem.message : null;
  return {
    box,
    query,
    wrongQuery,
    openId: open,
    list,
    fresh,
    columns,
    selection,
    choice: hasChoice ? selection.choice : null,
    cursorId,
    setCursorId,
    ask,
    show,
    close,
    onMenu,
    onEnd,
    /** Whether rows are shown: also old ones, while the query that replaces them cannot be read. */
    isListed: rows.length > 0 && (problem === null || wrongQuery !== null),
  };
}
