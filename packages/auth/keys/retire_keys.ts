/**
 * Retires keys that nothing depends on any more.
 *
 * @module
 */

import { after, type EpochMs } from "@postern/std";
import { SYSTEM } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import { FLOW_MS, REFRESH_TOKEN_MS, SESSION_ABSOLUTE_MS } from "../lifetimes.ts";
import type { HasClock, HasStore } from "../ports.ts";
import type { Key, Ring } from "./key.ts";

/**
 * How long what a key signed can live after it stopped signing. For secrets, how long what is not
 * sealed anew is asked for: visits to providers.
 */
const OUTLIVES_MS: Readonly<Record<Ring, number>> = {
  signing: REFRESH_TOKEN_MS,
  cookies: SESSION_ABSOLUTE_MS,
  secrets: FLOW_MS,
};

/** From when on a key may retire, where nothing depends on it by then; null where it stands elsewhere. */
export function retiresAt({ state, ring, previousAt }: Key): EpochMs | null {
  if (state !== "previous" || previousAt === null) return null;
  return after(previousAt, OUTLIVES_MS[ring]);
}

/** Retires the previous keys whose time has passed and that nothing depends on. */
export async function retireKeys(deps: HasClock & HasStore): Promise<readonly Key[]> {
  const at = deps.clock.now();
  const due: Key[] = [];
  for (const key of await deps.store.listKeys()) {
    const from = retiresAt(key);
    if (from === null || at < from) continue;
    const depends = await deps.store.countDependants(key.id, at);
    if (depends.tokens === 0 && depends.secrets === 0) due.push(key);
  }
  for (const key of due) {
    await deps.store.write(async (tx) => {
      const success = await tx.moveKey(key.id, "previous", "retired", at);
      const details = { ring: key.ring, key: key.id };
      return {
        value: null,
        event: eventOf(SYSTEM, { at, action: "admin.secrets.retire", success, details }),
      };
    });
  }
  return due;
}
