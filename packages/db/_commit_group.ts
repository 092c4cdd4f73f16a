/**
 * One transaction of the lane: the writes of a group, then their events and changes, then the commit.
 *
 * @module
 */

import type { Change, NewEvent } from "@postern/auth";
import type { Clock, Sha256 } from "@postern/std";
import { appendEvents } from "./_append_events.ts";
import { distinctChanges, recordChanges } from "./_changes.ts";
import { nextTurn } from "./_next_turn.ts";
import type { Database, Transaction } from "./database.ts";
import { OpenTx, type WriterTx } from "./writer_tx.ts";

/** How long further writes join a transaction, milliseconds. */
const JOIN_MAX_MS = 20;

/** Longest that a transaction may take, milliseconds. Then its writes are refused, and the lane goes on. */
const TRANSACTION_MAX_MS = 10_000;

/** What the lane needs. */
export interface WriterDeps {
  readonly database: Database;
  readonly sha256: Sha256;
  readonly clock: Clock;
  /** Acts in this process on what was announced, before the writes are acknowledged. Must not throw. */
  readonly onCommit: (changes: readonly Change[]) => void;
  readonly observe?: ((metrics: CommitMetrics) => void) | undefined;
}

/** How a group of writes went. */
export interface CommitMetrics {
  readonly works: number;
  /** From the wish to begin until the commit was safe, milliseconds. */
  readonly durationMs: number;
}

/** A write that waits. */
export interface Job {
  readonly work: (tx: WriterTx) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (cause: unknown) => void;
  /** Until when it may wait for others, on the clock of `performance.now`. */
  readonly dueAt: number;
}

/** A write that ran. */
interface Done {
  readonly settle: () => void;
  readonly events: readonly NewEvent[];
  readonly changes: readonly Change[];
}

/** What became of a group. */
export interface Committed {
  /** Those that did not fit. */
  readonly left: readonly Job[];
  /** Resolves once the others, and all before them, were told; never rejects. */
  readonly told: Promise<void>;
}

/**
 * Commits as many of the jobs as fit. They are settled once that is safe, which is not waited for:
 * the next group can run meanwhile. Where the transaction itself fails, all are refused: it is not
 * known whose fault it was.
 *
 * @param before Resolves once all groups before were told: who came first is told first.
 */
export async function commitGroup(
  deps: WriterDeps,
  jobs: readonly Job[],
  before: Promise<void>,
): Promise<Committed> {
  const started = performance.now();
  let transaction: Transaction | undefined;
  try {
    transaction = await deps.database.begin();
    const done = await inTime(runAndCommit(deps, transaction, jobs));
    const ran = jobs.slice(0, done.length);
    return { left: jobs.slice(done.length), told: tell(deps, { ran, done, started, before }) };
  } catch (cause) {
    transaction?.close();
    for (const job of jobs) job.reject(cause);
    return { left: [], told: before };
  }
}

/** Acknowledges what was committed, once it is safe. */
async function tell(
  deps: WriterDeps,
  group: {
    readonly ran: readonly Job[];
    readonly done: readonly Done[];
    readonly started: number;
    readonly before: Promise<void>;
  },
): Promise<void> {
  try {
    await deps.database.settle();
  } catch (cause) {
    await group.before;
    for (const job of group.ran) job.reject(cause);
    return;
  }
  await group.before;
  deps.observe?.({ works: group.done.length, durationMs: performance.now() - group.started });
  for (const { settle } of group.done) {
    settle();
    // What follows of a sign-in takes longer than its write: without a pause, others would wait for all.
    if (group.done.length > 1) await nextTurn();
  }
}

async function runAndCommit(
  deps: WriterDeps,
  transaction: Transaction,
  jobs: readonly Job[],
): Promise<readonly Done[]> {
  const joinUntil = performance.now() + JOIN_MAX_MS;
  const done: Done[] = [];
  for (const job of jobs) {
    done.push(await (jobs.length === 1 ? runAlone : runAmongOthers)(transaction, job));
    if (performance.now() >= joinUntil) break;
    // The client works in this thread: without a pause, requests that read nothing would wait for the group.
    if (done.length < jobs.length) await nextTurn();
  }
  const changes = distinctChanges(done.flatMap((each) => each.changes));
  await appendEvents(
    transaction,
    done.flatMap((each) => each.events),
    deps.sha256,
  );
  await recordChanges(transaction, changes, deps.clock.now());
  await transaction.commit();
  deps.onCommit(changes);
  return done;
}

/** The transaction is this write's own, so a throw ends both. */
async function runAlone(transaction: Transaction, job: Job): Promise<Done> {
  const tx = new OpenTx(transaction);
  try {
    const value = await job.work(tx);
    return { settle: () => job.resolve(value), events: tx.events, changes: tx.changes };
  } finally {
    tx.end();
  }
}

async function runAmongOthers(transaction: Transaction, job: Job): Promise<Done> {
  await transaction.executeMultiple("SAVEPOINT work");
  try {
    const done = await runAlone(transaction, job);
    await transaction.executeMultiple("RELEASE work");
    return done;
  } catch (cause) {
    await transaction.executeMultiple("ROLLBACK TO work; RELEASE work");
    return { settle: () => job.reject(cause), events: [], changes: [] };
  }
}

async function inTime<T>(running: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`Cannot commit: the transaction took over ${TRANSACTION_MAX_MS} ms`));
    }, TRANSACTION_MAX_MS);
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}
