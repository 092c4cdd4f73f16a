/**
 * What became of a list since it was asked for, as the server tells it: rows that came, and rows that
 * are gone.
 *
 * @module
 */

import { useEffect, useMemo, useRef, useState } from "react";
import { useConsole } from "../state/console_state.ts";
import { goneIn } from "./gone_rows.ts";
import type { ListSpec } from "./list_spec.ts";
import type { List, Page } from "./use_list.ts";

/** Most rows that are kept to be shown; beyond them the list begins anew. */
const KEPT_MAX = 500;

/** What became of the list. */
export interface FreshRows<Row> {
  /** New ones, the newest first. */
  readonly rows: readonly Row[];
  /** Whether there is none between them and those that are shown. */
  readonly isWhole: boolean;
  /** Ids of rows that are shown and are no more. */
  readonly gone: ReadonlySet<string>;
}

const NONE: FreshRows<never> = { rows: [], isWhole: true, gone: new Set() };

/** Follows a list that is shown. */
export function useFreshRows<Row>(
  spec: ListSpec<Row>,
  query: string,
  list: List<Row>,
): FreshRows<Row> {
  const { rowId } = spec;
  const { rows: shown, isOld } = list;
  const told = useTold(spec, query, list);
  const page = useToldPage(spec, query, list);
  return useMemo(() => {
    if (isOld) return NONE;
    const ids = shown.map(rowId);
    const known = new Set(ids);
    const found = page === null ? told : page.items;
    const rows = found.filter((row) => !known.has(rowId(row)));
    if (page === null) return { rows, isWhole: told.length < KEPT_MAX, gone: NONE.gone };
    const isWhole = rows.length < found.length || page.next === null;
    // One that was never told of may be newer than the page.
    const followed = ids.filter((id) => page.seen.has(id));
    const gone = goneIn(followed, { ...page, items: page.items.map(rowId) });
    return { rows, isWhole, gone };
  }, [isOld, shown, told, page, rowId]);
}

/** Rows that are told one after another. */
function useTold<Row>(
  { follow, rowId }: ListSpec<Row>,
  query: string,
  { rows, isWaiting, reload }: List<Row>,
): readonly Row[] {
  const [told, setTold] = useState<readonly Row[]>([]);
  const { currentId } = useConsole();
  const [newest] = rows;
  const isEmpty = newest === undefined;
  const latest = useRef<{ readonly from: string | null; readonly reload: () => void }>(null);
  useEffect(() => {
    latest.current = { from: newest === undefined ? null : rowId(newest), reload };
  });
  useEffect(() => {
    setTold([]);
    if (follow === undefined || isWaiting) return;
    // It goes on from the newest row there is when it begins; later ones come by themselves.
    const from = isEmpty ? null : (latest.current?.from ?? null);
    let isBegun = false;
    const stream = follow(query, from, (some) => {
      // Where there was none to go on from, what came before the stream began is asked for.
      if (from === null && !isBegun) latest.current?.reload();
      isBegun = true;
      if (some.length > 0) setTold((before) => [...some, ...before].slice(0, KEPT_MAX));
    });
    return () => stream.unsubscribe();
  }, [follow, query, isWaiting, isEmpty, currentId]);
  return told;
}

interface ToldPage<Row> extends Page<Row> {
  /** Ids of those that are on it, or are shown and were on it since it is followed. */
  readonly seen: ReadonlySet<string>;
}

/** The newest page, each time that it is another one. */
function useToldPage<Row>(
  { followPage, rowId }: ListSpec<Row>,
  query: string,
  { rows, update }: List<Row>,
): ToldPage<Row> | null {
  const [page, setPage] = useState<ToldPage<Row> | null>(null);
  const { currentId } = useConsole();
  const latest = useRef({ rows, update });
  useEffect(() => {
    latest.current = { rows, update };
  });
  useEffect(() => {
    setPage(null);
    if (followPage === undefined) return;
    const stream = followPage(query, (told) => {
      latest.current.update(told.items);
      const ids = told.items.map(rowId);
      const shown = latest.current.rows.map(rowId);
      setPage((before) => {
        const kept = shown.filter((id) => before?.seen.has(id));
        return { ...told, seen: new Set([...kept, ...ids]) };
      });
    });
    return () => stream.unsubscribe();
  }, [followPage, rowId, query, currentId]);
  return page;
}
