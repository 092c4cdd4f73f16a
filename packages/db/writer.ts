/**
 * The one lane that all writes go through, in the order in which they came.
 *
 * Writes that wait commit together: a commit waits for the disk, and one wait can serve many. Each
 * is a savepoint of its own, so that one that throws takes nothing with it but itself.
 *
 * @module
 */

import { commitGroup, type Job, type WriterDeps } from "./_commit_group.ts";
import type { WriterTx } from "./writer_tx.ts";

/** Most writes that commit together. */
const GROUP_MAX = 256;

/** The lane. */
export interface Writer {
  /**
   * Runs `work` in a transaction, and resolves once that is committed.
   *
   * Rejects with what `work` threw, or with why there was no commit. Only await what is of the
   * transaction itself: everybody behind waits too.
   */
  run<T>(work: (tx: WriterTx) => Promise<T>): Promise<T>;
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

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      await nextTurn();
      const jobs = waiting.splice(0, GROUP_MAX);
      running = jobs.length;
      const left = await commitGroup(deps, jobs);
      running = 0;
      waiting.unshift(...left);
    }
  }

  return {
    run: (work) => {
      if (closed) return Promise.reject(new TypeError("Cannot write: the database is closed"));
      return new Promise((resolve, reject) => {
        const idle = waiting.length + running === 0;
        waiting.push({ work, resolve: resolve as Job["resolve"], reject });
        if (idle) drained = drain();
      });
    },
    get depth() {
      return waiting.length + running;
    },
    close: async () => {
      closed = true;
      await drained;
    },
  };
}

/** Lets everything that has arrived be read first, so that writes of one moment commit together. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
