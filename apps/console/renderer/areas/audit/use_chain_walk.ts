/**
 * A walk along the chain of events, followed as the server goes: how far it is, and a way to stop it.
 *
 * @module
 */

import { useEffect, useRef, useState } from "react";
import { api } from "../../calls/api.ts";
import { type Problem, problemOf } from "../../calls/problem.ts";

/** How far the walk is. */
export interface ChainProgress {
  readonly ok: boolean;
  readonly checked: number;
  /** Position of the first event that does not fit. */
  readonly first_bad: string | null;
  readonly total: number;
  readonly done: boolean;
}

/** A walk. */
export interface ChainWalk {
  readonly progress: ChainProgress | null;
  readonly problem: Problem | null;
  readonly isGoing: boolean;
  readonly stop: () => void;
  /** Goes on where it was stopped; from the first event where it was not. */
  readonly go: () => void;
}

/** Walks while the component is there. It begins by itself. */
export function useChainWalk(): ChainWalk {
  const [progress, setProgress] = useState<ChainProgress | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isGoing, setGoing] = useState(true);
  const reached = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (!isGoing) return;
    const { current: lastEventId } = reached;
    const stream = api.audit.verifyLive.subscribe(
      lastEventId === undefined ? {} : { lastEventId },
      {
        onData({ id, data }) {
          reached.current = data.done ? undefined : id;
          setProgress(data);
          if (data.done) setGoing(false);
        },
        onError(error) {
          setProblem(problemOf(error));
          setGoing(false);
        },
      },
    );
    return () => stream.unsubscribe();
  }, [isGoing]);
  return {
    progress,
    problem,
    isGoing,
    stop: () => setGoing(false),
    go() {
      setProblem(null);
      if (reached.current === undefined) setProgress(null);
      setGoing(true);
    },
  };
}
