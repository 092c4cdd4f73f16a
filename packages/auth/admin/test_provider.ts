/**
 * Testing a provider because an administrator asks.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { ProviderHealth } from "../providers/provider_store.ts";
import { checkProvider, type WatchProvidersDeps } from "../providers/watch_providers.ts";

/** Checks whether sign-in by a provider would work, keeps what was found, and notes who asked. */
export async function testProvider(
  deps: WatchProvidersDeps,
  actor: Actor,
  command: { readonly id: string },
): Promise<Result<ProviderHealth, { readonly code: "not_found" }>> {
  const provider = await deps.store.findProvider(command.id);
  if (provider === null) return err({ code: "not_found" });
  const health = await checkProvider(deps, provider);
  return await deps.store.write(async () => {
    const failed = health.checks.filter((check) => !check.ok).map((check) => check.name);
    const details = { provider: command.id, failed };
    const facts = { at: deps.clock.now(), action: "admin.providers.test", details } as const;
    return { value: ok(health), event: eventOf(actor, { ...facts, success: health.ok }) };
  });
}
