/**
 * Walks the whole chain of events and finds the first that was changed, removed or put in between.
 *
 * @module
 */

import type { Sha256 } from "@postern/std";
import type { HasStore } from "../ports.ts";
import { CHAIN_START, follows } from "./chain.ts";

/** Events read at a time. */
const CHUNK = 1_000;

/** What verifying needs. */
type VerifyChainDeps = HasStore & { readonly sha256: Sha256 };

/** What the walk found. */
export interface ChainReport {
  readonly ok: boolean;
  readonly checked: number;
  /** Position of the first event that does not follow; null where all do. */
  readonly firstBad: number | null;
}

/** How far a walk is. */
export interface ChainProgress extends ChainReport {
  readonly isDone: boolean;
}

/** Verifies the chain from its first event to its last, telling `onProgress` how far it is. */
export async function verifyChain(
  deps: VerifyChainDeps,
  onProgress: (checked: number) => void,
): Promise<ChainReport> {
  const step = await walkChain(deps);
  while (true) {
    const { isDone, ...report } = await step();
    if (report.ok) onProgress(report.checked);
    if (isDone) return report;
  }
}

/**
 * Begins a walk, which goes on by a piece at each call until it is done.
 *
 * @param after Position up to which all was verified before; left out: nothing was.
 */
export async function walkChain(
  deps: VerifyChainDeps,
  after = 0,
): Promise<() => Promise<ChainProgress>> {
  const [known] = after > 0 ? await deps.store.readChain(after, 1) : [];
  let previous = known?.seq === after ? known : { seq: 0, hash: CHAIN_START };
  // From before the first on: nothing may stand there either.
  let from = previous.seq === 0 ? Number.MIN_SAFE_INTEGER : previous.seq + 1;
  return async () => {
    const events = await deps.store.readChain(from, CHUNK);
    for (const event of events) {
      if (!follows(deps.sha256, previous, event)) {
        const firstBad = Math.min(event.seq, previous.seq + 1);
        return { ok: false, checked: previous.seq, firstBad, isDone: true };
      }
      previous = event;
    }
    from = previous.seq + 1;
    return { ok: true, checked: previous.seq, firstBad: null, isDone: events.length < CHUNK };
  };
}
