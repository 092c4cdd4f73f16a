/**
 * Dangerous calls that wait for a sign-in: one is shown at a time.
 *
 * @module
 */

import type { StepUp } from "../../ipc/bridge.ts";
import { createValueStore } from "../state/value_store.ts";
import type { Problem } from "./problem.ts";

/** A call that waits. */
export interface WaitingStepUp {
  readonly stepUp: StepUp;
  /** Null where the administrator has signed in; else why not. */
  readonly settle: (problem: Problem | null) => void;
}

const waiting = createValueStore<readonly WaitingStepUp[]>([]);

/** The calls that wait, oldest first, and a way to wait with one. */
export const stepUps = {
  list: waiting.get,
  subscribe: waiting.subscribe,
  async ask(stepUp: StepUp): Promise<Problem | null> {
    const { promise, resolve } = Promise.withResolvers<Problem | null>();
    const entry: WaitingStepUp = { stepUp, settle: resolve };
    waiting.set([...waiting.get(), entry]);
    try {
      return await promise;
    } finally {
      waiting.set(waiting.get().filter((one) => one !== entry));
    }
  },
};
