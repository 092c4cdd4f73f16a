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

const ACCOUNTS_KEY = ["accounts"] as const;
const FIRST_PAGE: string | null = null;

/** Asks for the first page, and for more when told to. */
export function useLinkedAccounts(): UseInfiniteQueryResult<InfiniteData<ValueOf<"listAccounts">>> {
  return useInfiniteQuery({
    queryKey: ACCOUNTS_KEY,
    queryFn: ({ pageParam }) => unwrap(api.listAccounts(pageParam ?? undefined)),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (last) => last.next,
    staleTime: 0,
  });
}

/** Asks anew, since an account was unlinked. */
export async function reloadLinkedAccounts(): Promise<void> {
  await queries.invalidateQueries({ queryKey: ACCOUNTS_KEY });
}
