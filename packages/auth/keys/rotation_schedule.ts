/**
 * Rings that are rotated by themselves, each every so many days.
 *
 * @module
 */

import { after, days, type EpochMs } from "@postern/std";
import { type Actor, SYSTEM } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import { type Key, RINGS, type Ring } from "./key.ts";
import { type RotateKeysDeps, rotateKeys } from "./rotate_keys.ts";

/** How often each ring is rotated, days; a ring that is not there is rotated by hand. */
export type RotationSchedule = ReadonlyMap<Ring, number>;

/** How often a ring may be rotated, days. */
const ROTATION_DAYS = { least: 1, most: 730 } as const;

/** Reads the schedule. What is stored and no schedule is passed over. */
export async function readSchedule(deps: HasStore): Promise<RotationSchedule> {
  const stored = await deps.store.readSettings();
  return new Map(
    RINGS.flatMap((ring) => {
      const every = daysOf(stored.get(nameOf(ring)));
      return every === null ? [] : [[ring, every] as const];
    }),
  );
}

/** Which ring, and how often; null: by hand. */
export interface ScheduleRotation {
  readonly ring: Ring;
  readonly everyDays: number | null;
}

/** Says how often a ring is to be rotated. */
export async function scheduleRotation(
  deps: HasClock & HasStore,
  actor: Actor,
  { ring, everyDays }: ScheduleRotation,
): Promise<void> {
  const at = deps.clock.now();
  await deps.store.write(async (tx) => {
    const before = daysOf((await tx.readSettings()).get(nameOf(ring)));
    await tx.putSetting(nameOf(ring), String(everyDays ?? 0));
    const details = { ring, before, after: everyDays };
    return {
      value: null,
      event: eventOf(actor, { at, action: "admin.secrets.schedule", details }),
    };
  });
}

/** When a ring is rotated next by itself; null: never. */
export function nextRotation(
  keys: readonly Key[],
  schedule: RotationSchedule,
  ring: Ring,
): EpochMs | null {
  const every = schedule.get(ring);
  const current = keys.find((key) => key.ring === ring && key.state === "current");
  if (every === undefined || current?.currentAt === undefined) return null;
  return current.currentAt === null ? null : after(current.currentAt, days(every));
}

/** Rotates the rings whose time has come. Of several instances one does it. */
export async function rotateDueKeys(deps: RotateKeysDeps): Promise<readonly Ring[]> {
  const [schedule, keys] = await Promise.all([readSchedule(deps), deps.store.listKeys()]);
  const done: Ring[] = [];
  for (const ring of schedule.keys()) {
    const dueAt = nextRotation(keys, schedule, ring);
    if (dueAt === null || deps.clock.now() < dueAt) continue;
    const current = keys.find((key) => key.ring === ring && key.state === "current")?.id;
    const rotated = await rotateKeys(deps, SYSTEM, { ring, ifCurrent: current });
    if (rotated.ok) done.push(ring);
  }
  return done;
}

function nameOf(ring: Ring): string {
  return `ROTATE_${ring.toUpperCase()}_DAYS`;
}

function daysOf(stored: string | undefined): number | null {
  const every = Number(stored);
  const isGood =
    Number.isInteger(every) && every >= ROTATION_DAYS.least && every <= ROTATION_DAYS.most;
  return isGood ? every : null;
}
