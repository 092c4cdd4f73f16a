/**
 * Looks for events that somebody wants to be told of, while the console is open.
 *
 * @module
 */

import { useQueries } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api, bridge } from "../calls/api.ts";
import { currentProfile, useConsole } from "../state/console_state.ts";
import { isPermitted } from "../state/use_may.ts";
import { type NoticeRule, useNoticeRules } from "./notice_rules.ts";

/** How often it looks, milliseconds. */
const LOOK_MS = 15_000;

/** Newest events that are looked at. */
const LOOK_COUNT = 100;

/** Watches; it draws nothing. */
export function NoticeWatch() {
  const state = useConsole();
  const [rules] = useNoticeRules();
  const seen = useRef(new Map<string, number>());
  const isOn = state.connection === "online" && isPermitted(state, "audit.read");
  const name = currentProfile(state)?.name ?? "Postern";
  const asked = useQueries({
    queries: rules.map(({ query }) => ({
      queryKey: ["audit", "notice", query],
      queryFn: () => api.audit.list.query({ query, limit: LOOK_COUNT }),
      refetchInterval: LOOK_MS,
      refetchIntervalInBackground: true,
      enabled: isOn,
    })),
  });
  useEffect(() => {
    for (const [index, rule] of rules.entries()) {
      const ids = asked[index]?.data?.items.map(({ id }) => Number(id));
      const fresh = ids === undefined ? 0 : countNew(seen.current, rule, ids);
      if (fresh > 0) void tell(name, rule.query, fresh);
    }
  }, [asked, rules, name]);
  return null;
}

/**
 * How many are new, where that is enough to be told. The first look only learns what is there; less
 * than enough is kept, to be counted again.
 */
function countNew(seen: Map<string, number>, rule: NoticeRule, ids: readonly number[]): number {
  const last = seen.get(rule.query);
  const fresh = last === undefined ? 0 : ids.filter((id) => id > last).length;
  if (last !== undefined && fresh < rule.atLeast) return 0;
  seen.set(rule.query, Math.max(0, ...ids));
  return fresh;
}

async function tell(server: string, query: string, count: number): Promise<void> {
  const body = `${count} new ${count === 1 ? "event" : "events"}: ${query}`;
  await bridge.notify({ title: server, body });
}
