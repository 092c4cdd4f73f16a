/**
 * Refreshes providers' tokens ahead of their end, a round every few seconds.
 *
 * @module
 */

import { type AuthStore, type ProviderClient, refreshDueTokens, type Sealer } from "@postern/auth";
import { type Clock, chance, type Random, seconds } from "@postern/std";
import type { Log } from "./log_port.ts";
import { within } from "./within.ts";

/** Shortest time between two rounds, milliseconds. With at most a hundred tokens in each. */
const EVERY_MS = seconds(10);

/** How much longer it may be, by chance, so that instances that started together do not stay so. */
const SPREAD_MS = seconds(5);

/** What refreshing needs. */
export interface TokenRefreshesDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly sealer: Sealer;
  readonly providerClient: ProviderClient;
  readonly store: AuthStore;
  readonly log: Log;
}

/** What refreshes tokens. */
export interface TokenRefreshes {
  /** Begins nothing more, and waits for what is under way: a token that the provider gave is kept. */
  stop(deadlineMs: number): Promise<void>;
}

/** Begins to refresh tokens. */
export function startTokenRefreshes(deps: TokenRefreshesDeps): TokenRefreshes {
  let timer = setTimeout(begin, pauseMs());
  let isStopped = false;
  let round: Promise<void> = Promise.resolve();

  function pauseMs(): number {
    return EVERY_MS + SPREAD_MS * chance(deps.random);
  }

  function begin(): void {
    round = run();
  }

  async function run(): Promise<void> {
    try {
      const found = await refreshDueTokens(deps, { isStopped: () => isStopped });
      const { refreshed, revoked, failed } = found;
      if (refreshed + revoked + failed > 0)
        deps.log.info("provider tokens refreshed", { ...found });
    } catch (cause) {
      if (!isStopped) deps.log.error("token refreshes failed", { cause });
    }
    if (!isStopped) timer = setTimeout(begin, pauseMs());
  }

  return {
    async stop(deadlineMs) {
      isStopped = true;
      clearTimeout(timer);
      await within(deadlineMs, round).catch(() => deps.log.warn("token refreshes cut off"));
    },
  };
}
