/**
 * Key rings as administrators see them: each key with what still depends on it.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import { type Dependants, type Key, RINGS, type Ring } from "../keys/key.ts";
import type { HasClock, HasStore } from "../ports.ts";

/** A ring with its keys, oldest first; of each, what depends on it. */
export interface RingReport {
  readonly ring: Ring;
  readonly keys: readonly { readonly key: Key; readonly dependants: Dependants }[];
}

/** Describes every ring. */
export async function describeRings(deps: HasClock & HasStore): Promise<readonly RingReport[]> {
  const now = deps.clock.now();
  const keys = await deps.store.listKeys();
  const described = await Promise.all(
    keys.map(async (key) => ({ key, dependants: await deps.store.countDependants(key.id, now) })),
  );
  return RINGS.map((ring) => ({ ring, keys: described.filter(({ key }) => key.ring === ring) }));
}

/** Counts what dropping a key would end. */
export async function previewCompromise(
  deps: HasClock & HasStore,
  which: { readonly ring: Ring; readonly key: string },
): Promise<Result<Dependants, { readonly code: "not_found" }>> {
  const keys = await deps.store.listKeys();
  const key = keys.find((one) => one.ring === which.ring && one.id === which.key);
  if (key === undefined || key.state === "retired") return err({ code: "not_found" });
  return ok(await deps.store.countDependants(key.id, deps.clock.now()));
}
