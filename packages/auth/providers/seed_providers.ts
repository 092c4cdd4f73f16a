/**
 * Providers from the environment: made at a start where they are missing; afterwards the console's.
 *
 * @module
 */

import { SYSTEM } from "../actor.ts";
import { type CreateProvider, createProvider, type EditProvidersDeps } from "./edit_providers.ts";

/** Makes the providers that the environment names and the store lacks. */
export async function seedProviders(
  deps: EditProvidersDeps,
  seeds: readonly Omit<CreateProvider, "source">[],
): Promise<readonly string[]> {
  const made: string[] = [];
  for (const seed of seeds) {
    if ((await deps.store.findProvider(seed.id)) !== null) continue;
    const created = await createProvider(deps, SYSTEM, { ...seed, source: "env" });
    if (created.ok) made.push(seed.id);
  }
  return made;
}
