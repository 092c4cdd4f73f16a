/**
 * All that match a query, a page at a time, as somebody goes through them.
 *
 * @module
 */

import type { FetchPage } from "../table/use_list.ts";

/** Walks through them, from the newest. */
export async function* allPages<Row>(
  fetchPage: FetchPage<Row>,
  query: string,
): AsyncGenerator<Row> {
  let cursor: string | undefined;
  while (true) {
    const page = await fetchPage(query, cursor);
    yield* page.items;
    if (page.next === null) return;
    cursor = page.next;
  }
}
