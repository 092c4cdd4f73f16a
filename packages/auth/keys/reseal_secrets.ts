/**
 * Seals anew whatever is sealed by a key that is not current any more, step by step.
 *
 * Each step is a transaction of its own, and finds what is left by itself: whoever is stopped in
 * between, or works beside another, loses nothing and does nothing twice.
 *
 * @module
 */

import { after, seconds } from "@postern/std";
import type { Resealed } from "../bookkeeping.ts";
import type { HasClock, HasStore } from "../ports.ts";

/** How often progress is told, milliseconds: what is left is counted for it. */
const TELL_EVERY_MS = seconds(1);

/** How far sealing anew is. */
export interface ResealProgress extends Resealed {
  /** Texts that are sealed by another key still, whoever seals them anew. */
  readonly left: number;
}

/**
 * Seals anew all that this process can, and tells what is left.
 *
 * @param onProgress Is told at the beginning, where there is something to do, and about once a second.
 */
export async function resealSecrets(
  deps: HasClock & HasStore,
  onProgress?: (progress: ResealProgress) => void,
): Promise<ResealProgress> {
  const { bookkeeping } = deps.store;
  let total: Resealed = { done: 0, lost: 0 };
  let tellAt = deps.clock.now();
  while (true) {
    if (onProgress !== undefined && deps.clock.now() >= tellAt) {
      const left = await bookkeeping.countOtherwiseSealed();
      if (left > 0) onProgress({ ...total, left });
      tellAt = after(deps.clock.now(), TELL_EVERY_MS);
    }
    const step = await bookkeeping.resealSecrets(deps.clock.now());
    if (step.done + step.lost === 0) break;
    total = { done: total.done + step.done, lost: total.lost + step.lost };
  }
  return { ...total, left: await bookkeeping.countOtherwiseSealed() };
}
