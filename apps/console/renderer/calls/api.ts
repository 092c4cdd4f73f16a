/**
 * The procedures of the server, and the cache of what they answered.
 *
 * @module
 */

import { QueryClient } from "@tanstack/react-query";
import { createTRPCClient } from "@trpc/client";
import { type AdminRouter, bridgeLink } from "./bridge_link.ts";

/** The verbs that the preload gives. */
export const bridge = window.postern;

/** The procedures, with the types of the server. */
export const api = createTRPCClient<AdminRouter>({ links: [bridgeLink(bridge)] });

/** What was answered. A refusal is an answer; asking again is left to whoever reads it. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: { networkMode: "always", staleTime: 5_000, retry: false, refetchOnWindowFocus: true },
    mutations: { networkMode: "always", retry: false },
  },
});

/** Asks anew for what is kept of an area. */
export async function reloadArea(...areas: readonly string[]): Promise<void> {
  await Promise.all(areas.map((area) => queries.invalidateQueries({ queryKey: [area] })));
}
