/**
 * Whether the database takes writes, asked as often as anybody likes and tried every few seconds.
 *
 * @module
 */

import { type Clock, type EpochMs, seconds } from "@postern/std";
import { within } from "./within.ts";

/** How long an outcome is told before the next try, milliseconds. */
const KEPT_MS = seconds(3);

/** How long the database may take for a write, milliseconds. */
const WRITE_MAX_MS = seconds(5);

/** Tells whether a write was taken within the last seconds. Does not throw. */
export type WriteProbe = () => Promise<boolean>;

/** What it tries with. */
export interface WriteProbeDeps {
  readonly clock: Clock;
  /** Writes to the disk, and throws where that cannot be. */
  readonly write: () => Promise<void>;
}

/** Makes the probe. Whoever asks while it tries waits for the same try. */
export function createWriteProbe({ clock, write }: WriteProbeDeps): WriteProbe {
  let last: { readonly at: EpochMs; readonly outcome: Promise<boolean> } | undefined;

  async function tryOnce(): Promise<boolean> {
    try {
      await within(WRITE_MAX_MS, write());
      return true;
    } catch {
      return false;
    }
  }

  return () => {
    const at = clock.now();
    if (last === undefined || at - last.at >= KEPT_MS) last = { at, outcome: tryOnce() };
    return last.outcome;
  };
}
