/**
 * Puts limits and blocked addresses in force as they are stored.
 *
 * @module
 */

import { type AuthStore, readAddressBlocks } from "@postern/auth";
import type { Clock } from "@postern/std";
import type { BlockedAddresses } from "./http/blocked_addresses.ts";
import type { LiveLimiter } from "./limiter.ts";

/** What is read, and what is told. */
export interface ReloadLimitsDeps {
  readonly clock: Clock;
  readonly store: AuthStore;
  readonly limiter: LiveLimiter;
  readonly blocked: BlockedAddresses;
}

/** Makes what reads them. Of readings that overlap, one that began earlier never replaces a later one. */
export function createReloadLimits(deps: ReloadLimitsDeps): () => Promise<void> {
  let begun = 0;
  let inForce = 0;
  return async () => {
    begun += 1;
    const turn = begun;
    const limits = await deps.store.listLimits();
    const blocks = await readAddressBlocks(deps, deps.clock.now());
    if (turn < inForce) return;
    inForce = turn;
    deps.limiter.replace(limits);
    deps.blocked.replace(blocks);
  };
}
