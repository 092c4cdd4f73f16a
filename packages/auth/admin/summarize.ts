/**
 * What an administrator wants to know first: what happens now, and what needs somebody.
 *
 * @module
 */

import { before, type EpochMs, hours } from "@postern/std";
import type { HasClock, HasStore } from "../ports.ts";
import type { EventTally, LiveCount } from "../store.ts";
import type { HasActivity, Health, Sample } from "./activity.ts";
import { type Attention, findAttention } from "./attention.ts";

/** Most events of a kind that are counted: more is a flood in any case, and a full count would walk over it. */
const COUNTED_MAX = 10_000;

/** Most events of which the details are looked at. */
const DETAILED_MAX = 1_000;

/** How far back it looks. */
const WINDOW_MS = hours(1);

/** The state of things. */
export interface Summary {
  readonly at: EpochMs;
  readonly health: Health;
  /** Sign-ins of the last hour by minute. */
  readonly signIns: EventTally;
  readonly failedSignIns: EventTally;
  readonly rateLimited: EventTally;
  /** Refused sign-ins by reason. */
  readonly failures: EventTally;
  /** Refusals by limit. */
  readonly limits: EventTally;
  readonly liveSessions: LiveCount;
  readonly sockets: number;
  /** Of the last hour. */
  readonly samples: readonly Sample[];
  readonly attention: readonly Attention[];
}

/** Sums up the last hour and what needs attention. Nothing is counted to its end where there is much. */
export async function summarize(deps: HasClock & HasStore & HasActivity): Promise<Summary> {
  const { store, activity } = deps;
  const at = deps.clock.now();
  const since = before(at, WINDOW_MS);
  const byMinute = (action: string) =>
    store.tallyEvents({ action, since, by: "minute", most: COUNTED_MAX });
  const [signIns, failedSignIns, rateLimited, failures, limits, liveSessions, health] =
    await Promise.all([
      byMinute("login"),
      byMinute("failed_login"),
      byMinute("rate_limited"),
      store.tallyEvents({ action: "failed_login", since, by: "reason", most: DETAILED_MAX }),
      store.tallyEvents({ action: "rate_limited", since, by: "limit", most: DETAILED_MAX }),
      store.aboutLiveSessions(at),
      activity.health(),
    ]);
  const attention = await findAttention(deps, { at, health, signIns, failedSignIns });
  const samples = activity.samples().filter((sample) => sample.at > since);
  return {
    at,
    health,
    signIns,
    failedSignIns,
    rateLimited,
    failures,
    limits,
    liveSessions,
    sockets: activity.sockets(),
    samples,
    attention,
  };
}
