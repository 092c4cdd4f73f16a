/**
 * Waits for the answers that are still due when a load has ended.
 *
 * @module
 */

import type { Connection } from "./connection.ts";

/** Longest wait. A server that needs longer for one answer is hung. */
const DRAIN_MAX_MS = 20_000;

const POLL_MS = 2;

/** Waits until no connection waits for an answer. */
export async function drain(connections: Iterable<Connection>): Promise<void> {
  const all = [...connections];
  const deadline = performance.now() + DRAIN_MAX_MS;
  while (all.some((connection) => connection.isWaiting)) {
    if (performance.now() > deadline) {
      throw new Error(`Cannot end a load: answers are still due after ${DRAIN_MAX_MS} ms`);
    }
    await Bun.sleep(POLL_MS);
  }
}
