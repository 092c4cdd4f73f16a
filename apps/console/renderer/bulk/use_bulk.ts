/**
 * A bulk act as it goes: how far it is, what did not work, stopping it, and taking it back.
 *
 * @module
 */

import { useRef, useState } from "react";
import type { Acted } from "../calls/act.ts";
import { problemWords } from "../calls/problem_words.ts";
import { type BulkProgress, type BulkTarget, runBulk } from "./run_bulk.ts";

/** What is done with each. */
export interface BulkActs {
  readonly targets: () => Targets;
  readonly act: ActOn;
  /** Takes it back of one; left out where nothing can. */
  readonly undo?: ActOn;
  /** Called after each run, whatever came of it. */
  readonly onRan: () => void;
}

type Targets = AsyncIterable<BulkTarget> | Iterable<BulkTarget>;
type ActOn = (target: BulkTarget) => Promise<Acted<unknown>>;

/** How far it is. */
export type BulkStage = "asking" | "running" | "ended" | "broken";

const NONE: BulkProgress = { done: 0, failures: [] };

/** Keeps it. */
export function useBulk({ targets, act, undo, onRan }: BulkActs) {
  const [stage, setStage] = useState<BulkStage>("asking");
  const [progress, setProgress] = useState<BulkProgress>(NONE);
  const [earlier, setEarlier] = useState(0);
  const [isTakingBack, setTakingBack] = useState(false);
  const stop = useRef<AbortController>(null);
  const did = useRef<BulkTarget[]>([]);

  async function run(some: Targets, one: ActOn): Promise<void> {
    stop.current = new AbortController();
    const { signal } = stop.current;
    setProgress(NONE);
    setStage("running");
    try {
      const done = await runBulk({
        targets: some,
        run: async (target) => whyNot(await one(target)),
        signal,
        onProgress: setProgress,
      });
      setProgress(done);
      setStage("ended");
    } catch {
      // The list that names the targets could not be read on.
      setStage("broken");
    }
    onRan();
  }

  async function actOn(target: BulkTarget): Promise<Acted<unknown>> {
    const acted = await act(target);
    if (acted.ok) did.current.push(target);
    return acted;
  }

  function goOn(some: Targets): void {
    setEarlier(earlier + progress.done);
    void run(some, actOn);
  }

  return {
    stage,
    isTakingBack,
    progress: { ...progress, done: earlier + progress.done },
    begin: () => goOn(targets()),
    tryAgain: () => goOn(progress.failures.map((one) => one.target)),
    stop: () => stop.current?.abort(),
    /** Null where nothing can be taken back. */
    takeBack:
      undo === undefined || isTakingBack
        ? null
        : () => {
            setTakingBack(true);
            setEarlier(0);
            void run(did.current.splice(0), undo);
          },
  };
}

function whyNot(acted: Acted<unknown>): string | null {
  return acted.ok ? null : problemWords(acted.problem);
}
