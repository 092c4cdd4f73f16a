/**
 * The addresses that are kept out, a page at a time.
 *
 * @module
 */

import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../../calls/api.ts";

const FIRST: string | undefined = undefined;

/** Asks for the first page, and for more when told to. */
export function useBlocked() {
  return useInfiniteQuery({
    queryKey: ["limits", "blocked"],
    queryFn: ({ pageParam }) =>
      api.limits.listBlockedAddresses.query(pageParam === undefined ? {} : { cursor: pageParam }),
    initialPageParam: FIRST,
    getNextPageParam: (last) => last.next ?? undefined,
  });
}
