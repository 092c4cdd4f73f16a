/**
 * Visits to the browser: one at a time, and the page knows that one is under way.
 *
 * @module
 */

import type { Outcome } from "../../ipc/bridge.ts";
import type { StateStore } from "../state_store.ts";

/** Lets visits happen. */
export interface VisitDesk {
  /** Makes a visit. One that is under way is cancelled: whoever sits there has begun anew. */
  visit<Data>(work: (signal: AbortSignal) => Promise<Outcome<Data>>): Promise<Outcome<Data>>;
  cancel(): void;
}

/** Begins with none. */
export function createVisitDesk(state: StateStore): VisitDesk {
  let underWay: AbortController | null = null;
  return {
    async visit(work) {
      underWay?.abort();
      const own = new AbortController();
      underWay = own;
      state.change({ signingIn: true });
      try {
        return await work(own.signal);
      } finally {
        if (underWay === own) {
          underWay = null;
          state.change({ signingIn: false });
        }
      }
    },
    cancel: () => underWay?.abort(),
  };
}
