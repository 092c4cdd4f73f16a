/**
 * The time on the page, which moves on by itself.
 *
 * @module
 */

import { useSyncExternalStore } from "react";
import { createValueStore } from "./value_store.ts";

/** How often words such as "2 minutes ago" are said anew, milliseconds. */
const TICK_MS = 10_000;

const now = createValueStore(Date.now());
setInterval(() => now.set(Date.now()), TICK_MS);

/** Current time, milliseconds since the epoch; at most ten seconds old. */
export function useNow(): number {
  return useSyncExternalStore(now.subscribe, now.get);
}
