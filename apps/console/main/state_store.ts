/**
 * What the page is shown of the console itself: one value, and who hears of its changes.
 *
 * @module
 */

import type { ConsoleState } from "../ipc/bridge.ts";

/** The value, kept. */
export interface StateStore {
  get(): ConsoleState;
  /** Changes parts of it. Who listens hears of it where something is different. */
  change(parts: Partial<ConsoleState>): void;
  onChange(listener: (state: ConsoleState) => void): void;
}

/** Keeps it. */
export function createStateStore(first: ConsoleState): StateStore {
  let state = first;
  const listeners: ((state: ConsoleState) => void)[] = [];
  return {
    get: () => state,
    change(parts) {
      const next = { ...state, ...parts };
      const isSame = JSON.stringify(next) === JSON.stringify(state);
      if (isSame) return;
      state = next;
      for (const listener of listeners) listener(state);
    },
    onChange: (listener) => void listeners.push(listener),
  };
}
