/**
 * Looks whether a provider is there before a browser is sent to it: its metadata may be held from before,
 * and a browser that finds nothing says so in words of its own, with no way back to ours.
 *
 * Where the server reaches nothing, nobody could come back signed in either. Whatever answers is there,
 * also with an error: it was asked for a page without saying which.
 *
 * @module
 */

import type { Clock, EpochMs, Result } from "@postern/std";
import { ISSUERS_HELD, LOOK_MS, SEEN_MS } from "./limits.ts";
import type { Outgoing, OutgoingAnswer, OutgoingError } from "./outgoing.ts";
import { type StepFailure, stepFailed } from "./step_failure.ts";

/** Looks whether providers are there. */
export interface Reachability {
  /**
   * Looks; at most once a second, and once for all who ask meanwhile.
   *
   * @param url A place of the provider; its query is left out.
   * @returns why not; `undefined` where it is there.
   */
  look(url: string): Promise<StepFailure | undefined>;
}

/** What looking needs. */
export interface ReachabilityDeps {
  readonly clock: Clock;
  readonly outgoing: Outgoing;
}

/** Makes what has looked at nobody yet. */
export function createReachability({ clock, outgoing }: ReachabilityDeps): Reachability {
  const seenAt = new Map<string, EpochMs>();
  const looking = new Map<string, Promise<StepFailure | undefined>>();

  async function lookAt(place: string): Promise<StepFailure | undefined> {
    const failure = failureOf(await outgoing.send({ url: place, limitMs: LOOK_MS }));
    seenAt.delete(place);
    if (failure === undefined) seenAt.set(place, clock.now());
    const [oldest] = seenAt.keys();
    if (seenAt.size > ISSUERS_HELD && oldest !== undefined) seenAt.delete(oldest);
    return failure;
  }

  return {
    async look(url) {
      const place = withoutQuery(url);
      const at = seenAt.get(place);
      if (at !== undefined && clock.now() - at < SEEN_MS) return undefined;
      const mine = looking.get(place) ?? lookAt(place).finally(() => looking.delete(place));
      looking.set(place, mine);
      return await mine;
    },
  };
}

function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

/** A gateway's words for: nobody is behind me. */
const NOBODY_BEHIND: ReadonlySet<number> = new Set([502, 503, 504]);

/** Faults that say that nothing was reached. Being busy is our own. */
const NOT_THERE: ReadonlySet<OutgoingError["code"]> = new Set([
  "not_public",
  "unresolved",
  "timeout",
  "unreachable",
  "tls",
]);

function failureOf(sent: Result<OutgoingAnswer, OutgoingError>): StepFailure | undefined {
  const { status } = sent.ok ? sent.value : sent.error;
  const isNobody = status !== null && NOBODY_BEHIND.has(status);
  const isMissing = !sent.ok && status === null && NOT_THERE.has(sent.error.code);
  if (!isNobody && !isMissing) return undefined;
  const why = sent.ok ? "status" : sent.error.code;
  return stepFailed("visit", "unreachable", { why, status }).error;
}
