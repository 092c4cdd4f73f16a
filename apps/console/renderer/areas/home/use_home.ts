/**
 * What the home asks for.
 *
 * @module
 */

import { useQuery } from "@tanstack/react-query";
import { api } from "../../calls/api.ts";
import type { EventRow } from "../../calls/shapes.ts";
import { useConsole } from "../../state/console_state.ts";
import { isPermitted } from "../../state/use_may.ts";

/** How often the state of things is looked at, milliseconds. */
const LOOK_MS = 5_000;

/** How often the events of the last hour are, milliseconds. */
const EVENTS_LOOK_MS = 15_000;

/** Events of the last hour that are counted for the charts; beyond them it is a flood in any case. */
const PAGES_MAX = 5;
const PAGE_COUNT = 200;

/** Newest acts of administrators that are shown. */
const CHANGES_SHOWN = 6;

/** The state of things. */
export function useSummary() {
  return useQuery({
    queryKey: ["overview", "summary"],
    queryFn: () => api.overview.summary.query(),
    refetchInterval: LOOK_MS,
  });
}

/** Events of the last hour, the newest first, and whether there were more. */
export function useRecentEvents() {
  return useQuery({
    queryKey: ["overview", "recent"],
    queryFn: () => readRecent("since:1h"),
    refetchInterval: EVENTS_LOOK_MS,
    enabled: isPermitted(useConsole(), "audit.read"),
  });
}

/** What administrators and operators did in the last day. */
export function useChanges() {
  return useQuery({
    queryKey: ["overview", "changes"],
    queryFn: () => api.audit.list.query({ query: "admin since:24h", limit: CHANGES_SHOWN }),
    refetchInterval: EVENTS_LOOK_MS,
    enabled: isPermitted(useConsole(), "audit.read"),
  });
}

async function readRecent(query: string) {
  const events: EventRow[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const page: { items: EventRow[]; next: string | null } = await api.audit.list.query({
      query,
      limit: PAGE_COUNT,
      ...(cursor === null ? {} : { cursor }),
    });
    events.push(...page.items);
    cursor = page.next;
    if (cursor === null) break;
  }
  return { events, isWhole: cursor === null };
}
