/**
 * The caller's own sessions, a page at a time.
 *
 * @module
 */

import type { ValueOf } from "@postern/client";
import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
} from "@tanstack/react-query";
import { api, queries } from "../../browser/api.ts";
import { unwrap } from "../../browser/problem_error.ts";

const SESSIONS_KEY = ["sessions"] as const;
const FIRST_PAGE: string | null = null;

/** Asks for the first page, and for more when told to. */
export function useSessions(): UseInfiniteQueryResult<InfiniteData<ValueOf<"listSessions">>> {
  return useInfiniteQuery({
    queryKey: SESSIONS_KEY,
    queryFn: ({ pageParam }) => unwrap(api.listSessions(pageParam ?? undefined)),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (last) => last.next,
    // Another device may have signed in a moment ago: what is kept is shown, and asked for anew.
    staleTime: 0,
  });
}

/** Asks anew, since a session was ended. */
export async function reloadSessions(): Promise<void> {
  await queries.invalidateQueries({ queryKey: SESSIONS_KEY });
}
