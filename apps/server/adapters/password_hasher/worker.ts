/**
 * A thread that hashes: takes one task after another, at a lower priority than the event loop's.
 *
 * Its computations are the synchronous ones, since this thread is theirs. What goes wrong in one
 * is a bug; it ends the thread, and whoever started it starts another.
 *
 * @module
 */

import { getPriority, setPriority } from "node:os";
import { WORKER_NICENESS } from "./limits.ts";
import { runTask } from "./run_task.ts";
import type { Reply, Task } from "./task.ts";

declare const self: Worker;

const THIS_THREAD = 0;
const LOWEST_PRIORITY = 19;

lowerPriority();
self.onmessage = (event: MessageEvent<Task>) => {
  const startedAt = performance.now();
  const done = runTask(event.data);
  const reply: Reply = { ...done, ms: performance.now() - startedAt };
  self.postMessage(reply);
};

/**
 * On Linux a priority is a thread's; elsewhere it would be the whole process's, so it stays.
 *
 * The threads that help to collect garbage are shared with the event loop, and have the priority
 * of whoever starts them first: so that is done before.
 */
function lowerPriority(): void {
  if (process.platform !== "linux") return;
  Bun.gc(true);
  const lowered = getPriority(THIS_THREAD) + WORKER_NICENESS;
  setPriority(THIS_THREAD, Math.min(lowered, LOWEST_PRIORITY));
}
