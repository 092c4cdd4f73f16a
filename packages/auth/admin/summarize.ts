/**
 * What an administrator wants to know first: what happens now, and what needs somebody.
 *
 * @module
 */

import { before, days, type EpochMs, hours, timeText } from "@postern/std";
import type { HasClock, HasStore } from "../ports.ts";
import type { EventFilter } from "../store.ts";

/** Counting stops here: more is a flood in any case, and a full count would walk over it. */
const COUNT_MAX = 1_000;

/** A signing key is to be replaced when it is this old. NIST SP 800-57 Part 1, section 5.3.6, allows more. */
const KEY_AGE_MS = days(365);

/** A number, and whether there are more than were counted. */
export interface BoundedCount {
  readonly count: number;
  readonly more: boolean;
}

/** Something that needs somebody. */
export interface Attention {
  readonly code: "provider_failing" | "key_old";
  readonly subject: string;
  readonly detail: string;
}

/** The state of things. */
export interface Summary {
  readonly at: EpochMs;
  readonly signIns: BoundedCount;
  readonly failedSignIns: BoundedCount;
  readonly rateLimited: BoundedCount;
  readonly liveSessions: BoundedCount;
  readonly attention: readonly Attention[];
}

/** Sums up the last hour and what needs attention. */
export async function summarize(deps: HasClock & HasStore): Promise<Summary> {
  const at = deps.clock.now();
  const since = before(at, hours(1));
  const [signIns, failedSignIns, rateLimited, sessions, attention] = await Promise.all([
    countEvents(deps, { action: "login", since }),
    countEvents(deps, { action: "failed_login", since }),
    countEvents(deps, { action: "rate_limited", since }),
    deps.store.listAllSessions(at, { limit: COUNT_MAX }),
    findAttention(deps, at),
  ]);
  const liveSessions = { count: sessions.items.length, more: sessions.next !== null };
  return { at, signIns, failedSignIns, rateLimited, liveSessions, attention };
}

async function countEvents(deps: HasStore, filter: EventFilter): Promise<BoundedCount> {
  const { items, next } = await deps.store.listEvents(filter, { limit: COUNT_MAX });
  return { count: items.length, more: next !== null };
}

async function findAttention(deps: HasStore, at: EpochMs): Promise<readonly Attention[]> {
  const [health, keys] = await Promise.all([
    deps.store.listProviderHealth(),
    deps.store.listKeys(),
  ]);
  const failing = health
    .filter((one) => !one.ok)
    .map(({ providerId, checks }) => ({
      code: "provider_failing" as const,
      subject: providerId,
      detail: checks.find((check) => !check.ok)?.detail ?? "Its last check failed",
    }));
  const old = keys
    .filter(({ state, currentAt }) => state === "current" && at - (currentAt ?? at) > KEY_AGE_MS)
    .map(({ id, ring, currentAt }) => ({
      code: "key_old" as const,
      subject: id,
      detail: `The key of ${ring} has been current since ${timeText(currentAt ?? at)}`,
    }));
  return [...failing, ...old];
}
