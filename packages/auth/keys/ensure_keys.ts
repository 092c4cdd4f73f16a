/**
 * Gives every ring its first keys, on the first start.
 *
 * @module
 */

import { SYSTEM } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import { type Key, RINGS } from "./key.ts";
import { newKey, type RotateKeysDeps } from "./rotate_keys.ts";

/** Makes a current and a next key for each ring that has none. Several processes may do so at once. */
export async function ensureKeys(deps: RotateKeysDeps): Promise<void> {
  const has = new Set((await deps.store.listKeys()).map((key) => key.ring));
  const missing = RINGS.filter((ring) => !has.has(ring));
  if (missing.length === 0) return;
  const at = deps.clock.now();
  const made: Key[] = [];
  for (const ring of missing) {
    for (const state of ["current", "next"] as const) {
      made.push(newKey(ring, state, { ...(await deps.keyMaker.make(ring)), at }));
    }
  }
  await deps.store.write(async (tx) => {
    const there = new Set((await tx.listKeys()).map((key) => key.ring));
    const needed = made.filter((key) => !there.has(key.ring));
    for (const key of needed) await tx.insertKey(key);
    const rings = [...new Set(needed.map((key) => key.ring))];
    const details = { rings, first: true };
    return { value: null, event: eventOf(SYSTEM, { at, action: "admin.secrets.rotate", details }) };
  });
}
