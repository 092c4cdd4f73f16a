/**
 * Follows the events that somebody wants to be told of, while the console is open.
 *
 * @module
 */

import { useCallback, useEffect, useRef } from "react";
import { api, bridge } from "../calls/api.ts";
import { currentProfile, useConsole, whoseOf } from "../state/console_state.ts";
import { isPermitted } from "../state/use_may.ts";
import { useNow } from "../state/use_now.ts";
import { type NoticeRule, useNoticeRules } from "./notice_rules.ts";
import { drain, meet, NOTHING_MET } from "./notice_tally.ts";

/** Watches; it draws nothing. */
export function NoticeWatch() {
  const state = useConsole();
  const [rules] = useNoticeRules();
  if (!isPermitted(state, "audit.read")) return null;
  const whose = whoseOf(state);
  const server = currentProfile(state)?.name ?? "Postern";
  return rules.map((rule) => (
    <RuleWatch key={`${whose} ${JSON.stringify(rule)}`} rule={rule} server={server} />
  ));
}

interface RuleWatchProps {
  readonly rule: NoticeRule;
  readonly server: string;
}

/** Follows the events of one rule, from now on. */
function RuleWatch({ rule, server }: RuleWatchProps) {
  const { query, atLeast, withinMin } = rule;
  const tally = useRef(NOTHING_MET);
  const look = useCallback(() => {
    const { count, left } = drain(tally.current, { atLeast, withinMin }, Date.now());
    tally.current = left;
    if (count > 0) void tell(server, query, count);
  }, [query, atLeast, withinMin, server]);
  useEffect(() => {
    const stream = api.audit.tail.subscribe(
      { query },
      {
        onData({ data }) {
          tally.current = meet(tally.current, data.items.length, Date.now());
          look();
        },
      },
    );
    return () => stream.unsubscribe();
  }, [query, look]);
  // What came too soon after the last notification is told when the time has passed.
  const now = useNow();
  useEffect(() => {
    if (now > 0) look();
  }, [now, look]);
  return null;
}

async function tell(server: string, query: string, count: number): Promise<void> {
  const body = `${count} new ${count === 1 ? "event" : "events"}: ${query}`;
  await bridge.notify({ title: server, body });
}
