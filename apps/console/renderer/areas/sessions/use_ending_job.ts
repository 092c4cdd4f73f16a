/**
 * A job of the server that ends sessions by hundreds: begun, followed, and stopped.
 *
 * @module
 */

import { useEffect, useRef, useState } from "react";
import { act } from "../../calls/act.ts";
import { api, reloadArea } from "../../calls/api.ts";
import { type Problem, problemOf } from "../../calls/problem.ts";

/** How far it is. */
export interface EndingProgress {
  readonly state: "running" | "done" | "cancelled" | "failed";
  readonly matched: number;
  readonly tried: number;
  readonly ended: number;
}

/** The job, if there is one. */
export interface EndingJob {
  readonly progress: EndingProgress | null;
  readonly problem: Problem | null;
  /** Whether the server is being asked to begin. */
  readonly isBeginning: boolean;
  readonly begin: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Keeps it. @param query Which sessions end. @param onEnded Called when it has come to its end, whichever. */
export function useEndingJob(query: string, onEnded: () => void): EndingJob {
  const [job, setJob] = useState<string | null>(null);
  const [progress, setProgress] = useState<EndingProgress | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBeginning, setBeginning] = useState(false);
  useEffect(() => {
    if (job === null) return;
    const stream = api.sessions.ending.subscribe(
      { job },
      {
        onData: ({ data }) => setProgress(data),
        onError: (error) => setProblem(problemOf(error)),
      },
    );
    return () => stream.unsubscribe();
  }, [job]);
  const latest = useRef(onEnded);
  useEffect(() => {
    latest.current = onEnded;
  });
  const isOver = progress !== null && progress.state !== "running";
  useEffect(() => {
    if (!isOver) return;
    void reloadArea("sessions", "users", "overview", "audit");
    latest.current();
  }, [isOver]);
  return {
    progress,
    problem,
    isBeginning,
    async begin() {
      setProblem(null);
      setBeginning(true);
      const title = `End every session that matches ${query}`;
      const begun = await act(title, () => api.sessions.startEnding.mutate({ query }));
      setBeginning(false);
      if (!begun.ok) {
        setProblem(begun.problem);
        return;
      }
      setProgress({ ...begun.value, tried: 0, ended: 0 });
      setJob(begun.value.job);
    },
    async stop() {
      if (job === null) return;
      const stopped = await act("Stop", () => api.sessions.cancelEnding.mutate({ job }));
      if (!stopped.ok) setProblem(stopped.problem);
    },
  };
}
