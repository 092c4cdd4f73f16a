/**
 * Bounds how many calls to one host are under way at once, and how many wait.
 *
 * @module
 */

/** How much is let in. */
export interface LaneLimits {
  readonly active: number;
  readonly waiting: number;
}

/** Lets calls in, host by host. */
export interface HostLanes {
  /**
   * Waits for a place.
   *
   * @returns how to leave it; `undefined` where too many wait, or the signal came first.
   */
  enter(host: string, signal: AbortSignal): Promise<(() => void) | undefined>;
  /** How many hosts there are calls to. */
  size(): number;
}

interface Lane {
  active: number;
  readonly waiting: Set<() => void>;
}

/** Makes the lanes, all empty. */
export function createHostLanes(limits: LaneLimits): HostLanes {
  const lanes = new Map<string, Lane>();

  function leave(host: string, lane: Lane): void {
    const next = lane.waiting.values().next().value;
    if (next !== undefined) {
      // The place goes straight to who has waited longest.
      lane.waiting.delete(next);
      next();
      return;
    }
    lane.active -= 1;
    if (lane.active === 0) lanes.delete(host);
  }

  return {
    async enter(host, signal) {
      const lane = lanes.get(host) ?? { active: 0, waiting: new Set() };
      lanes.set(host, lane);
      if (lane.active < limits.active) lane.active += 1;
      else if (lane.waiting.size >= limits.waiting || !(await turn(lane, signal))) return undefined;
      return onlyOnce(() => leave(host, lane));
    },
    size: () => lanes.size,
  };
}

/** Waits for a place; `false` where the signal came first. */
async function turn(lane: Lane, signal: AbortSignal): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const enter = () => resolve(true);
  const giveUp = () => {
    // Whoever has been let in already must come in, so that the place is not lost.
    if (lane.waiting.delete(enter)) resolve(false);
  };
  lane.waiting.add(enter);
  signal.addEventListener("abort", giveUp, { once: true });
  if (signal.aborted) giveUp();
  const isIn = await promise;
  signal.removeEventListener("abort", giveUp);
  return isIn;
}

function onlyOnce(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
