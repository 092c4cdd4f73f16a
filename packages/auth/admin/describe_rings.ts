/**
 * Key rings as administrators see them: each key with what still depends on it.
 *
 * @module
 */

import { type EpochMs, err, ok, type Result } from "@postern/std";
import { type Dependants, type Key, RINGS, type Ring } from "../keys/key.ts";
import { retiresAt } from "../keys/retire_keys.ts";
import { nextRotation, readSchedule } from "../keys/rotation_schedule.ts";
import type { HasClock, HasStore } from "../ports.ts";

/** A ring with its keys, oldest first; of each, what depends on it. */
export interface RingReport {
  readonly ring: Ring;
  readonly keys: readonly KeyReport[];
  /** How often it is rotated by itself, days; null: by hand. */
  readonly everyDays: number | null;
  /** When that is next. */
  readonly nextAt: EpochMs | null;
  /** Texts that another key than the current one sealed, and that are sealed anew one after another. */
  readonly toReseal: number;
}

/** A key, what depends on it, and when it goes. */
export interface KeyReport {
  readonly key: Key;
  readonly dependants: Dependants;
  /** From when on it may retire; null where it is in use. */
  readonly retiresAt: EpochMs | null;
  /** Whether its time has come and nothing depends on it: the next maintenance retires it. */
  readonly isRetirable: boolean;
}

/** Describes every ring. */
export async function describeRings(deps: HasClock & HasStore): Promise<readonly RingReport[]> {
  const now = deps.clock.now();
  const [keys, schedule] = await Promise.all([deps.store.listKeys(), readSchedule(deps)]);
  const described = await Promise.all(
    keys.map(async (key) => reportOf(key, await deps.store.countDependants(key.id, now), now)),
  );
  return RINGS.map((ring) => {
    const own = described.filter(({ key }) => key.ring === ring);
    return {
      ring,
      keys: own,
      everyDays: schedule.get(ring) ?? null,
      nextAt: nextRotation(keys, schedule, ring),
      toReseal: own
        .filter(({ key }) => key.state !== "current")
        .reduce((sum, { dependants }) => sum + dependants.secrets, 0),
    };
  });
}

function reportOf(key: Key, dependants: Dependants, now: EpochMs): KeyReport {
  const from = retiresAt(key);
  const isFree = dependants.tokens === 0 && dependants.secrets === 0;
  return { key, dependants, retiresAt: from, isRetirable: from !== null && now >= from && isFree };
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
