/**
 * A pause that can be cut short. A ring before the pause is not lost.
 *
 * @module
 */

/** Lets one loop wait, and everybody else wake it. */
export interface Bell {
  /** Ends the pause, or the next one if there is none. */
  ring(): void;
  /** Forgets rings so far: what they were about is looked at now. */
  hush(): void;
  /** Waits for a time, or until somebody rings. */
  pause(ms: number): Promise<void>;
}

/** Makes a bell. */
export function createBell(): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    hush: () => {
      rung = false;
    },
    pause: async (ms) => {
      if (rung) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      const timer = setTimeout(resolve, ms);
      await promise;
      clearTimeout(timer);
      wake = undefined;
    },
  };
}
