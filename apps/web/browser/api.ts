/**
 * The client of this page, the cache of what it answered, and the notes at the foot of the page.
 *
 * @module
 */

import { createClient } from "@postern/client";
import { createToastStore } from "@postern/ui";
import { QueryClient } from "@tanstack/react-query";
import { ProblemError } from "./problem_error.ts";

/** Keeps this browser's tabs from refreshing at once. Web Locks need https or localhost. */
async function lock<T>(name: string, work: () => Promise<T>): Promise<T> {
  return "locks" in navigator ? await navigator.locks.request(name, work) : await work();
}

/** Calls this page's own origin with this browser's cookies. */
export const api = createClient({
  fetch: (url, init) => fetch(url, init),
  baseUrl: "",
  lock,
});

/** Notes that something was done. */
export const toasts = createToastStore();

/** How often a question is put again when the network or the server gave way. */
const RETRIES_MAX = 2;

/** Answers are kept for the life of the page; a refusal is an answer and is not asked again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: "always",
      staleTime: 15_000,
      retry: (count, error) =>
        count < RETRIES_MAX && error instanceof ProblemError && error.isPassing,
    },
  },
});
