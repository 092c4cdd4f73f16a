/**
 * Which faults come when.
 *
 * @module
 */

/** What goes wrong. */
export const FAULTS = [
  "kill_9",
  "mail_down",
  "slow_clients",
  "disk_full",
  "clock_stepped",
  "restart",
] as const;

/** What goes wrong. */
export type FaultName = (typeof FAULTS)[number];

/** A fault, and when it begins and ends, milliseconds from the first traffic on. */
export interface PlannedFault {
  readonly name: FaultName;
  readonly from: number;
  readonly to: number;
}

/** Faults come in this share of the time. In the rest one process lives on, so that growth can be seen. */
const TROUBLED_SHARE = 0.6;

/** At most so often, milliseconds. */
const EVERY_MS = 60_000;

const LONGEST_MS = 15_000;

/** A fault takes this share of its turn; the rest is for whoever has to recover. */
const SHARE_OF_TURN = 1 / 3;

/** Gives each of the faults that can be had its turns, evenly over the troubled part. */
export function planFaults(
  durationMs: number,
  possible: readonly FaultName[],
): readonly PlannedFault[] {
  const troubledMs = durationMs * TROUBLED_SHARE;
  const rounds = Math.max(1, Math.floor(troubledMs / EVERY_MS / Math.max(1, possible.length)));
  const count = rounds * possible.length;
  const turnMs = troubledMs / Math.max(1, count);
  const lengthMs = Math.min(LONGEST_MS, turnMs * SHARE_OF_TURN);
  return Array.from({ length: rounds }, () => possible)
    .flat()
    .map((name, turn) => {
      const from = turn * turnMs + turnMs / 4;
      return { name, from, to: from + lengthMs };
    });
}
