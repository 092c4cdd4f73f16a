/**
 * A few threads and a short line before them.
 *
 * A thread is started when a task first needs it, and kept. Each does one task at a time; a task
 * that finds none idle waits its turn, unless the work before it is more than a caller would wait
 * for: then it is turned away, with nothing done. A thread that dies fails its task alone, and the
 * next task gets a new thread. What the tasks are is not known here.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import { LINE_MAX_MS, RETRY_AFTER_MIN_MS } from "./limits.ts";

/** How many threads, and how one is started. */
export interface PoolOptions {
  readonly size: number;
  readonly spawn: () => Worker;
}

/** The task was not taken. */
export interface TurnedAway {
  readonly code: "busy";
  readonly retryAfterMs: number;
}

/** How busy the threads are. */
export interface PoolLoad {
  readonly waiting: number;
  readonly running: number;
  readonly refused: number;
}

interface Job<Task, Reply> {
  readonly task: Task;
  readonly expectedMs: number;
  readonly settle: PromiseWithResolvers<Result<Reply, TurnedAway>>;
}

interface Slot<Task, Reply> {
  worker: Worker | undefined;
  job: Job<Task, Reply> | undefined;
}

/** Threads that do tasks. */
export class WorkerPool<Task, Reply> {
  readonly #spawn: () => Worker;
  readonly #slots: readonly Slot<Task, Reply>[];
  readonly #line: Job<Task, Reply>[] = [];
  #expectedMs = 0;
  #turnedAway = 0;
  #isClosed = false;

  constructor(options: PoolOptions) {
    this.#spawn = options.spawn;
    this.#slots = Array.from({ length: options.size }, () => ({
      worker: undefined,
      job: undefined,
    }));
  }

  /**
   * Has a task done, now or in its turn. Rejects where the thread that had it died.
   *
   * @param expectedMs How long the task will keep a thread.
   */
  run(task: Task, expectedMs: number): Promise<Result<Reply, TurnedAway>> {
    const settle = Promise.withResolvers<Result<Reply, TurnedAway>>();
    const job = { task, expectedMs, settle };
    const busy = this.busyNow();
    if (busy !== null) return Promise.resolve(err(busy));
    const idle = this.#slots.find((slot) => slot.job === undefined);
    this.#expectedMs += expectedMs;
    if (idle === undefined) this.#line.push(job);
    else this.#start(idle, job);
    return settle.promise;
  }

  /** Turns a task away where it would wait too long, before anything was done for it; null: it would not. */
  busyNow(): TurnedAway | null {
    const waitMs = this.#expectedMs / this.#slots.length;
    const isFull = waitMs > LINE_MAX_MS && this.#slots.every((slot) => slot.job !== undefined);
    if (!this.#isClosed && !isFull) return null;
    this.#turnedAway += 1;
    return turnedAway(waitMs);
  }

  /** How much there is to do now, and how many tasks were turned away so far. */
  load(): PoolLoad {
    const running = this.#slots.filter((slot) => slot.job !== undefined).length;
    return { waiting: this.#line.length, running, refused: this.#turnedAway };
  }

  /** Turns away whoever waits, lets the threads finish what they have, and ends them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const job of this.#line.splice(0)) job.settle.resolve(err(turnedAway(0)));
    await Promise.allSettled(this.#slots.map((slot) => slot.job?.settle.promise));
    for (const slot of this.#slots) {
      slot.worker?.terminate();
      slot.worker = undefined;
    }
  }

  #start(slot: Slot<Task, Reply>, job: Job<Task, Reply>): void {
    slot.job = job;
    slot.worker ??= this.#open(slot);
    slot.worker.ref();
    slot.worker.postMessage(job.task);
  }

  /** Starts a thread. While it has nothing to do, it does not keep the process alive. */
  #open(slot: Slot<Task, Reply>): Worker {
    const worker = this.#spawn();
    const onDeath = () => this.#onDeath(slot, worker);
    worker.addEventListener("message", (event: MessageEvent<Reply>) => {
      this.#next(slot)?.settle.resolve(ok(event.data));
    });
    worker.addEventListener("error", onDeath);
    worker.addEventListener("close", onDeath);
    return worker;
  }

  /** Gives a slot its next job before anything is told of the last one, which it returns. */
  #next(slot: Slot<Task, Reply>): Job<Task, Reply> | undefined {
    const done = slot.job;
    slot.job = undefined;
    this.#expectedMs -= done?.expectedMs ?? 0;
    const next = this.#line.shift();
    if (next === undefined) slot.worker?.unref();
    else this.#start(slot, next);
    return done;
  }

  #onDeath(slot: Slot<Task, Reply>, worker: Worker): void {
    if (slot.worker !== worker) return;
    slot.worker = undefined;
    worker.terminate();
    const cause = new Error("Cannot finish the task: its thread ended");
    this.#next(slot)?.settle.reject(cause);
  }
}

function turnedAway(waitMs: number): TurnedAway {
  return { code: "busy", retryAfterMs: Math.max(RETRY_AFTER_MIN_MS, Math.ceil(waitMs)) };
}
