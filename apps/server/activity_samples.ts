/**
 * How things stand, and stood once a minute: kept by this process for a day, and lost with it.
 *
 * @module
 */

import type { AuthStore, HasActivity, Sample } from "@postern/auth";
import { type Clock, type EpochMs, epochMs, hours, minutes, seconds } from "@postern/std";
import type { Log } from "./log_port.ts";
import type { ReadinessCheck } from "./readiness.ts";

/** How often. */
const EVERY_MS = minutes(1);

/** Samples that are kept: a day of them. */
const KEPT = hours(24) / EVERY_MS;

/** How long a check of the health is good enough: each writes. */
const HEALTH_GOOD_FOR_MS = seconds(5);

/** What is looked at. */
export interface ActivitySamplesDeps {
  readonly clock: Clock;
  readonly store: Pick<AuthStore, "aboutLiveSessions">;
  readonly sockets: { readonly size: number };
  readonly log: Pick<Log, "warn">;
}

/** What was seen. */
export interface ActivitySamples {
  /** Oldest first. */
  readonly all: readonly Sample[];
  stop(): void;
}

/** Begins to look. */
export function startActivitySamples(deps: ActivitySamplesDeps): ActivitySamples {
  const all: Sample[] = [];
  let isStopped = false;

  async function look(): Promise<void> {
    try {
      const at = deps.clock.now();
      const { count } = await deps.store.aboutLiveSessions(at);
      all.push({ at, sessions: count, sockets: deps.sockets.size });
      if (all.length > KEPT) all.shift();
    } catch (cause) {
      if (!isStopped) deps.log.warn("sessions not counted", { cause });
    }
  }

  const timer = setInterval(look, EVERY_MS);
  void look();
  return {
    all,
    stop() {
      isStopped = true;
      clearInterval(timer);
    },
  };
}

/** What administrators are shown of this process. */
export function activityOf(deps: {
  readonly clock: Clock;
  readonly checkReadiness: ReadinessCheck;
  readonly sockets: { readonly size: number };
  readonly samples: Pick<ActivitySamples, "all">;
}): HasActivity["activity"] {
  let known: ReturnType<ReadinessCheck> | undefined;
  let knownAt: EpochMs = epochMs(0);
  return {
    health() {
      const now = deps.clock.now();
      if (known === undefined || Math.abs(now - knownAt) >= HEALTH_GOOD_FOR_MS) {
        known = deps.checkReadiness();
        knownAt = now;
      }
      return known;
    },
    sockets: () => deps.sockets.size,
    samples: () => deps.samples.all,
  };
}
