/**
 * Which of the rows that are shown the newest page of their list has no more.
 *
 * @module
 */

import type { Page } from "./use_list.ts";

/**
 * Finds them.
 *
 * @param shown Ids in the order of the list, the newest first.
 * @param page The newest page. It tells nothing of rows behind its last one, unless it is the only one.
 */
export function goneIn(shown: readonly string[], page: Page<string>): ReadonlySet<string> {
  const there = new Set(page.items);
  const reach = page.next === null ? shown.length : shown.findLastIndex((id) => there.has(id));
  return new Set(shown.slice(0, Math.max(0, reach)).filter((id) => !there.has(id)));
}
