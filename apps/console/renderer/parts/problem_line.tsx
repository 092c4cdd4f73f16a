/**
 * What went wrong, beside what was tried.
 *
 * @module
 */

import type { Problem } from "../calls/problem.ts";
import { problemWords } from "../calls/problem_words.ts";

/** Says a problem at once; empty while there is none, since a live region must be there before its words. */
export function ProblemLine({ problem }: { readonly problem: Problem | null }) {
  return (
    <p role="alert" className="co-problem-line">
      {problem === null ? "" : problemWords(problem)}
    </p>
  );
}
