/**
 * One act on many: some at a time, counted, stopped when told, and what failed kept for another try.
 *
 * @module
 */

/** One of the many. */
export interface BulkTarget {
  readonly id: string;
  readonly label: string;
}

/** One that it did not work for. */
export interface BulkFailure {
  readonly target: BulkTarget;
  readonly why: string;
}

/** How far it is. */
export interface BulkProgress {
  readonly done: number;
  readonly failures: readonly BulkFailure[];
}

/** What is to be done. */
export interface BulkRun {
  /** May still be finding further ones while the first are done. */
  readonly targets: AsyncIterable<BulkTarget> | Iterable<BulkTarget>;
  /** Answers why it did not work; null where it did. */
  readonly run: (target: BulkTarget) => Promise<string | null>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: BulkProgress) => void;
}

/** Calls under way at once: enough to hide the way to the server, few enough for its limits. */
const LANES = 4;

/** Runs it. What is under way when it is stopped is finished; answers how far it came. */
export async function runBulk({
  targets,
  run,
  signal,
  onProgress,
}: BulkRun): Promise<BulkProgress> {
  let progress: BulkProgress = { done: 0, failures: [] };
  const queue = walk(targets);

  async function lane(): Promise<void> {
    while (true) {
      if (signal.aborted) return;
      const next = await queue.next();
      if (next.done === true) return;
      const why = await run(next.value);
      progress =
        why === null
          ? { ...progress, done: progress.done + 1 }
          : { ...progress, failures: [...progress.failures, { target: next.value, why }] };
      onProgress(progress);
    }
  }

  await Promise.all(Array.from({ length: LANES }, lane));
  return progress;
}

/** A generator queues calls that come while it is busy, so that lanes never get one target twice. */
async function* walk(targets: BulkRun["targets"]): AsyncGenerator<BulkTarget, undefined> {
  for await (const target of targets) yield target;
  return undefined;
}
