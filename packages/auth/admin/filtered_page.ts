/**
 * Pages of what matches, where no index knows what matches: a walk along the list, of bounded length.
 *
 * @module
 */

import type { Page, PageRequest } from "../page.ts";

/** Most times that the list is asked for one page. A page may then be short and still have a next one. */
const STEPS_MAX = 40;

/**
 * Walks along a list until a page is full, the list ends, or the walk has become too long.
 *
 * @returns `next` tells where to go on, also where nothing was found this far.
 */
export async function filteredPage<T>(
  list: (page: PageRequest) => Promise<Page<T>>,
  keep: (item: T) => boolean,
  page: PageRequest,
): Promise<Page<T>> {
  const items: T[] = [];
  let after = page.after;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const found = await list({ limit: page.limit - items.length, after });
    if (found.isBadCursor === true) return found;
    items.push(...found.items.filter(keep));
    if (found.next === null) return { items, next: null };
    after = found.next;
    if (items.length >= page.limit) break;
  }
  return { items, next: after ?? null };
}
