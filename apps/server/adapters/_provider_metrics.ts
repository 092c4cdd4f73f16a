/**
 * How each provider was when it was last looked at.
 *
 * The label is the provider's id, which an administrator chose: there are as many as providers.
 *
 * @module
 */

import type { ProviderHealth } from "@postern/auth";
import { seconds } from "@postern/std";
import { Gauge, type Registry } from "prom-client";

/** Adds, for each provider that was checked, whether it passed and when that was. */
export function addProviderMetrics(
  registry: Registry,
  read: () => Promise<readonly ProviderHealth[]>,
): void {
  addByProvider(registry, read, {
    name: "postern_provider_ok",
    help: "1 where sign-in by the provider passed its last check, 0 where it did not",
    pick: ({ ok }) => (ok ? 1 : 0),
  });
  addByProvider(registry, read, {
    name: "postern_provider_checked_at_seconds",
    help: "When the provider was checked last, seconds since the epoch",
    pick: ({ checkedAt }) => checkedAt / seconds(1),
  });
}

interface ByProvider {
  readonly name: string;
  readonly help: string;
  pick(health: ProviderHealth): number;
}

function addByProvider(
  registry: Registry,
  read: () => Promise<readonly ProviderHealth[]>,
  { name, help, pick }: ByProvider,
): void {
  const gauge = new Gauge({
    name,
    help,
    labelNames: ["provider"],
    registers: [],
    async collect() {
      // What cannot be read must not cost the other metrics.
      const all = await read().catch(() => []);
      this.reset();
      for (const health of all) this.set({ provider: health.providerId }, pick(health));
    },
  });
  registry.registerMetric(gauge);
}
