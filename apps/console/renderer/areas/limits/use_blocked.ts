/**
 * The addresses that are kept out, a page at a time.
 *
 * @module
 */

import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../../calls/api.ts";

/** How often it is asked for: others keep addresses out, too, and blocks end by themselves. */
const ASK_MS = 10_000;

const FIRST: string | undefined = undefined;

/** Asks for the first page, and for more when told to. */
export function useBlocked() {
  return useInfiniteQuery({
    queryKey: ["limits", "blocked"],
    queryFn: ({ pageParam }) =>
      api.limits.listBlockedAddresses.query(pageParam === undefined ? {} : { cursor: pageParam }),
    initialPageParam: FIRST,
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: ASK_MS,
  });
}
