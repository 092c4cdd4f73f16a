/**
 * A list that is asked for by a query, a page at a time.
 *
 * @module
 */

import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";

/** A page, as the server gives it. */
export interface Page<Row> {
  readonly items: readonly Row[];
  readonly next: string | null;
}

/** What asks for a page. */
export type FetchPage<Row> = (query: string, cursor: string | undefined) => Promise<Page<Row>>;

/** A list as it is shown. */
export interface List<Row> {
  readonly rows: readonly Row[];
  /** Why there is nothing to be shown. Where asking anew fails, what was shown stays. */
  readonly error: Error | null;
  /** Whether the next page could not be loaded. */
  readonly hasFailedMore: boolean;
  /** Whether nothing is there to be shown yet. */
  readonly isWaiting: boolean;
  /** Whether what is shown was asked for by another query. */
  readonly isOld: boolean;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  /** Whether the server looked so far without finding anything that going on is left to a person. */
  readonly isFar: boolean;
  readonly loadMore: () => void;
  readonly reload: () => void;
  /** Puts rows that are new before the others. */
  readonly prepend: (rows: readonly Row[]) => void;
  /** Puts rows into the place of those that are shown by their ids. */
  readonly update: (rows: readonly Row[]) => void;
  /** Asks for the first page alone, as if nothing had been loaded. */
  readonly restart: () => void;
}

/** Which list. */
export interface AskedList<Row> {
  /** Under which it is kept. */
  readonly area: string;
  readonly query: string;
  readonly fetchPage: FetchPage<Row>;
  readonly rowId: (row: Row) => string;
}

/** Empty pages in a row, after which the search waits to be told to go on. */
const EMPTY_PAGES_MAX = 10;

const FIRST: string | undefined = undefined;

/** Asks for the first page, and for more when told to. */
export function useList<Row>({ area, query, fetchPage, rowId }: AskedList<Row>): List<Row> {
  const cache = useQueryClient();
  const key = [area, "list", query];
  const change = (by: (pages: readonly Page<Row>[]) => Page<Row>[]) =>
    cache.setQueryData<InfiniteData<Page<Row>>>(key, (old) =>
      old === undefined ? old : { ...old, pages: by(old.pages) },
    );
  const asked = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => fetchPage(query, pageParam),
    initialPageParam: FIRST,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const latest = useRef(asked.data);
  useEffect(() => {
    if (asked.data !== undefined) latest.current = asked.data;
  }, [asked.data]);
  // What was shown stays while the query that is to replace it is refused.
  const pages = (asked.data ?? latest.current)?.pages;
  const rows = useMemo(() => (pages ?? []).flatMap((page) => page.items), [pages]);
  const canAsk = asked.hasNextPage && !asked.isFetching;
  const tail = (pages ?? []).slice(-EMPTY_PAGES_MAX);
  return {
    rows,
    error: asked.data === undefined ? asked.error : null,
    hasFailedMore: asked.isFetchNextPageError,
    isWaiting: asked.data === undefined && asked.error === null,
    isOld: asked.isPlaceholderData || asked.data === undefined,
    hasMore: asked.hasNextPage,
    isLoadingMore: asked.isFetchingNextPage,
    isFar: tail.length === EMPTY_PAGES_MAX && tail.every((page) => page.items.length === 0),
    loadMore: () => {
      if (canAsk) void asked.fetchNextPage();
    },
    reload: () => void asked.refetch(),
    prepend: (fresh) =>
      change(([first, ...rest]) =>
        first === undefined ? [] : [{ ...first, items: [...fresh, ...first.items] }, ...rest],
      ),
    update: (newer) => {
      const byId = new Map(newer.map((row) => [rowId(row), row]));
      const inPlace = (row: Row) => byId.get(rowId(row)) ?? row;
      change((all) => all.map((page) => ({ ...page, items: page.items.map(inPlace) })));
    },
    restart: () => void cache.resetQueries({ queryKey: key }),
  };
}
