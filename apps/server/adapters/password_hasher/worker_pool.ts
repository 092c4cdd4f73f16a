/**
 * A few threads and a short line before them.
 *
 * A thread is started when a task first needs it, and kept. Each does one task at a time; a task
 * that finds none idle waits its turn, unless the work before it is more than a caller would wait
 * for: then it is turned away, with nothing done. The next task of a thread waits at the thread, so
 * that it need not wait for the event loop between two; unless the one before it is long, since
 * another thread may be free sooner. A thread that dies fails the task it does alone, and the
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
  /** The first is being done, a second is with the thread already. */
  readonly jobs: Job<Task, Reply>[];
}

/** How many tasks are with a thread at most. */
const WITH_THREAD_MAX = 2;

/** Longest task behind which another waits at the thread, milliseconds: a hash of ours, not the dearest of others. */
const SHORT_MS = 50;

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
      jobs: [],
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
    const free = this.#slots.find(isIdle) ?? this.#slots.find(takesOneMore);
    this.#expectedMs += expectedMs;
    if (free === undefined) this.#line.push(job);
    else this.#start(free, job);
    return settle.promise;
  }

  /** Turns a task away where it would wait too long, before anything was done for it; null: it would not. */
  busyNow(): TurnedAway | null {
    const waitMs = this.#expectedMs / this.#slots.length;
    const isFull = waitMs > LINE_MAX_MS && !this.#slots.some(isIdle);
    if (!this.#isClosed && !isFull) return null;
    this.#turnedAway += 1;
    return turnedAway(waitMs);
  }

  /** How much there is to do now, and how many tasks were turned away so far. */
  load(): PoolLoad {
    const running = this.#slots.filter((slot) => !isIdle(slot)).length;
    const taken = this.#slots.reduce((sum, slot) => sum + slot.jobs.length, this.#line.length);
    return { waiting: taken - running, running, refused: this.#turnedAway };
  }

  /** Turns away whoever waits, lets the threads finish what they have, and ends them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const job of this.#line.splice(0)) job.settle.resolve(err(turnedAway(0)));
    const taken = this.#slots.flatMap((slot) => slot.jobs);
    await Promise.allSettled(taken.map((job) => job.settle.promise));
    for (const slot of this.#slots) {
      slot.worker?.terminate();
      slot.worker = undefined;
    }
  }

  #start(slot: Slot<Task, Reply>, job: Job<Task, Reply>): void {
    slot.jobs.push(job);
    slot.worker ??= this.#open(slot);
    slot.worker.ref();
    slot.worker.postMessage(job.task);
  }

  /** Starts a thread. While it has nothing to do, it does not keep the process alive. */
  #open(slot: Slot<Task, Reply>): Worker {
    const worker = this.#spawn();
    const onDeath = () => this.#onDeath(slot, worker);
    worker.addEventListener("message", (event: MessageEvent<Reply>) => {
      // What one that died had done meanwhile is being done by another.
      if (slot.worker === worker) this.#next(slot)?.settle.resolve(ok(event.data));
    });
    worker.addEventListener("error", onDeath);
    worker.addEventListener("close", onDeath);
    return worker;
  }

  /** Gives a slot further jobs before anything is told of the one that ended, which it returns. */
  #next(slot: Slot<Task, Reply>): Job<Task, Reply> | undefined {
    const done = slot.jobs.shift();
    this.#expectedMs -= done?.expectedMs ?? 0;
    this.#fill(slot);
    return done;
  }

  #fill(slot: Slot<Task, Reply>): void {
    while (takesOneMore(slot)) {
      const next = this.#line.shift();
      if (next === undefined) break;
      this.#start(slot, next);
    }
    if (isIdle(slot)) slot.worker?.unref();
  }

  #onDeath(slot: Slot<Task, Reply>, worker: Worker): void {
    if (slot.worker !== worker) return;
    slot.worker = undefined;
    worker.terminate();
    const [failed, ...kept] = slot.jobs.splice(0);
    this.#expectedMs -= failed?.expectedMs ?? 0;
    for (const job of kept) this.#start(slot, job);
    this.#fill(slot);
    failed?.settle.reject(new Error("Cannot finish the task: its thread ended"));
  }
}

interface HasJobs {
  readonly jobs: readonly { readonly expectedMs: number }[];
}

function isIdle(slot: HasJobs): boolean {
  return slot.jobs.length === 0;
}

function takesOneMore({ jobs }: HasJobs): boolean {
  const isShort = jobs.every(({ expectedMs }) => expectedMs <= SHORT_MS);
  return isShort && jobs.length < WITH_THREAD_MAX;
}

function turnedAway(waitMs: number): TurnedAway {
  return { code: "busy", retryAfterMs: Math.max(RETRY_AFTER_MIN_MS, Math.ceil(waitMs)) };
}
