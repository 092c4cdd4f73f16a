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
import { maybeSignedIn } from "../../browser/session.ts";

const SESSIONS_KEY = ["sessions"] as const;
const FIRST_PAGE: string | null = null;

/** The page asks, and its list asks again as it appears: that is one question. */
const FRESH_MS = 2_000;

/** Asks for the first page, and for more when told to. */
export function useSessions(): UseInfiniteQueryResult<InfiniteData<ValueOf<"listSessions">>> {
  return useInfiniteQuery({
    queryKey: SESSIONS_KEY,
    queryFn: ({ pageParam }) => unwrap(api.listSessions(pageParam ?? undefined)),
    enabled: maybeSignedIn(),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (last) => last.next,
    // Another device may have signed in a moment ago: what is kept is shown, and asked for anew.
    staleTime: FRESH_MS,
  });
}

/** Asks anew, since a session was ended. */
export async function reloadSessions(): Promise<void> {
  await queries.invalidateQueries({ queryKey: SESSIONS_KEY });
}
