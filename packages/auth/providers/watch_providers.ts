/**
 * Looking now and then whether sign-in by each provider would work.
 *
 * @module
 */

import type { HasClock, HasProviders, HasSealer, HasStore } from "../ports.ts";
import { openProvider } from "./_open_provider.ts";
import type { ProviderWithSecret } from "./provider.ts";
import type { ProviderHealth } from "./provider_store.ts";

/** What looking needs. */
export type WatchProvidersDeps = HasClock & HasStore & HasSealer & HasProviders;

/** Checks every provider that is switched on, and keeps what was found. */
export async function watchProviders(deps: WatchProvidersDeps): Promise<readonly ProviderHealth[]> {
  const found: ProviderHealth[] = [];
  for (const provider of await deps.store.listProviders()) {
    if (provider.isEnabled) found.push(await checkProvider(deps, provider));
  }
  return found;
}

/** Checks one provider, and keeps what was found. */
export async function checkProvider(
  deps: WatchProvidersDeps,
  provider: ProviderWithSecret,
): Promise<ProviderHealth> {
  const open = openProvider(deps.sealer, provider);
  const checks =
    open === null
      ? [{ name: "client" as const, ok: false, detail: "Its secret does not open" }]
      : await deps.providerClient.check(open);
  const health = {
    providerId: provider.id,
    checkedAt: deps.clock.now(),
    ok: checks.every((check) => check.ok),
    checks,
  };
  await deps.store.bookkeeping.saveProviderHealth(health);
  return health;
}
