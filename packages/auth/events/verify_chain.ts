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

/** What the walk found. */
export interface ChainReport {
  readonly ok: boolean;
  readonly checked: number;
  /** Position of the first event that does not follow; null where all do. */
  readonly firstBad: number | null;
}

/** Verifies the chain from its first event to its last, telling `onProgress` how far it is. */
export async function verifyChain(
  deps: HasStore & { readonly sha256: Sha256 },
  onProgress: (checked: number) => void,
): Promise<ChainReport> {
  let previous = { seq: 0, hash: CHAIN_START };
  // From before the first on: nothing may stand there either.
  let from = Number.MIN_SAFE_INTEGER;
  while (true) {
    const events = await deps.store.readChain(from, CHUNK);
    for (const event of events) {
      if (!follows(deps.sha256, previous, event)) {
        const firstBad = Math.min(event.seq, previous.seq + 1);
        return { ok: false, checked: previous.seq, firstBad };
      }
      previous = event;
    }
    from = previous.seq + 1;
    onProgress(previous.seq);
    if (events.length < CHUNK) return { ok: true, checked: previous.seq, firstBad: null };
  }
}
