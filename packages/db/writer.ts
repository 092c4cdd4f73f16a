/**
 * The one lane that all writes go through, in the order in which they came.
 *
 * Writes that wait commit together: a commit costs much that is not theirs. Each
 * is a savepoint of its own, so that one that throws takes nothing with it but itself. One whose caller
 * has time waits for others to come; it goes with the first that has none.
 *
 * @module
 */

import { commitGroup, type Job, type WriterDeps } from "./_commit_group.ts";
import { nextTurn } from "./_next_turn.ts";
import type { WriterTx } from "./writer_tx.ts";

/** Most writes that commit together. */
const GROUP_MAX = 256;

/** Patient writes that are enough for a commit of their own. */
const PATIENT_MAX = 32;

/** The lane. */
export interface Writer {
  /**
   * Runs `work` in a transaction, and resolves once that is committed.
   *
   * Rejects with what `work` threw, or with why there was no commit. Only await what is of the
   * transaction itself: everybody behind waits too.
   *
   * @param patienceMs How long it may wait for others to commit with, milliseconds; none by default.
   */
  run<T>(work: (tx: WriterTx) => Promise<T>, patienceMs?: number): Promise<T>;
  /** How many writes wait or run. */
  readonly depth: number;
  /** Commits what waits, and refuses what comes. */
  close(): Promise<void>;
}

/** Makes the lane of a database. A process has one. */
export function createWriter(deps: WriterDeps): Writer {
  const waiting: Job[] = [];
  let running = 0;
  let closed = false;
  let drained: Promise<void> = Promise.resolve();
  let told: Promise<void> = Promise.resolve();
  let wake: (() => void) | undefined;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      await untilDue();
      const jobs = waiting.splice(0, GROUP_MAX);
      running = jobs.length;
      const committed = await commitGroup(deps, jobs, told);
      running = 0;
      told = committed.told;
      waiting.unshift(...committed.left);
    }
  }

  /** Waits until somebody has no more time, or enough have come. */
  async function untilDue(): Promise<void> {
    while (true) {
      const dueAt = waiting.reduce(
        (soonest, job) => Math.min(soonest, job.dueAt),
        Number.POSITIVE_INFINITY,
      );
      const leftMs = dueAt - performance.now();
      // Writes of one moment commit together: what has arrived is read first.
      if (closed || leftMs <= 0 || waiting.length >= PATIENT_MAX) return await nextTurn();
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      const timer = setTimeout(resolve, leftMs);
      await promise;
      clearTimeout(timer);
    }
  }

  return {
    run: (work, patienceMs = 0) => {
      if (closed) return Promise.reject(new TypeError("Cannot write: the database is closed"));
      return new Promise((resolve, reject) => {
        const idle = waiting.length + running === 0;
        const dueAt = performance.now() + patienceMs;
        waiting.push({ work, resolve: resolve as Job["resolve"], reject, dueAt });
        if (idle) drained = drain();
        else if (patienceMs === 0 || waiting.length >= PATIENT_MAX) wake?.();
      });
    },
    get depth() {
      return waiting.length + running;
    },
    close: async () => {
      closed = true;
      wake?.();
      await drained;
      await told;
    },
  };
}
