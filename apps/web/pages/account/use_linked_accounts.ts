/**
 * The caller's own linked accounts, a page at a time.
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

const ACCOUNTS_KEY = ["accounts"] as const;
const FIRST_PAGE: string | null = null;

/** The page asks, and its list asks again as it appears: that is one question. */
const FRESH_MS = 2_000;

/** Asks for the first page, and for more when told to. */
export function useLinkedAccounts(): UseInfiniteQueryResult<InfiniteData<ValueOf<"listAccounts">>> {
  return useInfiniteQuery({
    queryKey: ACCOUNTS_KEY,
    queryFn: ({ pageParam }) => unwrap(api.listAccounts(pageParam ?? undefined)),
    enabled: maybeSignedIn(),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (last) => last.next,
    staleTime: FRESH_MS,
  });
}

/** Asks anew, since an account was unlinked. */
export async function reloadLinkedAccounts(): Promise<void> {
  await queries.invalidateQueries({ queryKey: ACCOUNTS_KEY });
}
