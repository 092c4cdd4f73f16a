/**
 * What the home asks for.
 *
 * @module
 */

import { useQuery } from "@tanstack/react-query";
import { api } from "../../calls/api.ts";
import type { Summary } from "../../calls/shapes.ts";
import { useLive } from "../../calls/use_live.ts";
import { useConsole } from "../../state/console_state.ts";
import { isPermitted } from "../../state/use_may.ts";

/** How often events are looked at, milliseconds. */
const EVENTS_LOOK_MS = 10_000;

/** Newest refusals that addresses are counted from. */
const REFUSALS_COUNTED = 200;

/** Newest acts of administrators that are shown. */
const CHANGES_SHOWN = 6;

/** The state of things, as it changes. */
export function useSummary() {
  return useLive<Summary>({
    key: ["overview", "summary"],
    ask: () => api.overview.summary.query(),
    follow: (listener) => api.overview.live.subscribe({}, listener),
  });
}

/** How often samples are looked at, milliseconds: there is one a minute. */
const HISTORY_LOOK_MS = 30_000;

/** How sessions and connections went in the last day, newest first. */
export function useHistory() {
  return useQuery({
    queryKey: ["overview", "history"],
    queryFn: () => api.overview.history.query(),
    refetchInterval: HISTORY_LOOK_MS,
  });
}

/** The newest refused sign-ins of the last hour, and whether there were more. */
export function useRefusals() {
  return useQuery({
    queryKey: ["overview", "refusals"],
    queryFn: () =>
      api.audit.list.query({ query: "action:failed_login since:1h", limit: REFUSALS_COUNTED }),
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
