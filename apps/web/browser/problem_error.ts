/**
 * A problem as something to throw, for TanStack Query alone: it takes only a rejection for failure.
 *
 * @module
 */

import type { Answer, ClientProblem } from "@postern/client";

/** Carries a problem through a rejection. */
export class ProblemError extends Error {
  readonly problem: ClientProblem;

  constructor(problem: ClientProblem) {
    super(problem.detail);
    this.name = "ProblemError";
    this.problem = problem;
  }

  /** Whether the same question may be answered a moment later. */
  get isPassing(): boolean {
    return this.problem.code === "offline" || this.problem.status >= 502;
  }
}

/** Waits for an answer; its value, or a rejection with the problem. */
export async function unwrap<T>(answering: Promise<Answer<T>>): Promise<T> {
  const answer = await answering;
  if (!answer.ok) throw new ProblemError(answer.problem);
  return answer.value;
}
