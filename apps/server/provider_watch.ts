/**
 * Looks every hour whether sign-in by each provider would work.
 *
 * @module
 */

import { type AuthStore, type ProviderClient, type Sealer, watchProviders } from "@postern/auth";
import { type Clock, hours, minutes } from "@postern/std";
import type { Log } from "./log_port.ts";

/** How often every provider is looked at, milliseconds. Each look costs it a handful of requests. */
const EVERY_MS = hours(1);

/** When first after a start, milliseconds. */
const FIRST_AFTER_MS = minutes(1);

/** What looking needs. */
export interface ProviderWatchDeps {
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly providerClient: ProviderClient;
  readonly store: AuthStore;
  readonly log: Log;
}

/** Begins to look at the providers. */
export function startProviderWatch(deps: ProviderWatchDeps): { stop(): void } {
  let timer = setTimeout(run, FIRST_AFTER_MS);
  let isStopped = false;

  async function run(): Promise<void> {
    try {
      for (const { providerId: provider, ok, checks } of await watchProviders(deps)) {
        const failed = checks
          .filter((check) => !check.ok)
          .map(({ name, detail }) => ({ name, detail }));
        if (!ok) deps.log.warn("provider check failed", { provider, failed });
      }
    } catch (cause) {
      if (!isStopped) deps.log.error("provider watch failed", { cause });
    }
    if (!isStopped) timer = setTimeout(run, EVERY_MS);
  }

  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
