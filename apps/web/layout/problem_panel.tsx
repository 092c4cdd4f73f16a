/**
 * What stands where something could not be loaded.
 *
 * @module
 */

import "./problem_panel.css";
import { Button } from "@mantine/core";
import { Notice } from "@postern/ui";
import { useEffect } from "react";
import { ProblemError } from "../browser/problem_error.ts";
import { problemWords } from "../forms/problem_words.ts";
import { useWait, waitWords } from "../forms/use_wait.ts";

/** What the panel is handed. */
export interface ProblemPanelProps {
  readonly error: Error;
  readonly onRetry: () => void;
}

/** Says what is wrong, and tries again when asked, not before the time that the server named. */
export function ProblemPanel({ error, onRetry }: ProblemPanelProps) {
  const problem = error instanceof ProblemError ? error.problem : undefined;
  const { seconds, start } = useWait();
  useEffect(() => {
    const wait = error instanceof ProblemError ? error.problem.retryAfterS : null;
    if (wait !== null) start(wait);
  }, [error, start]);
  return (
    <div className="pt-problem">
      <Notice tone="bad" isLive>
        {problem === undefined ? "Something went wrong in this page." : problemWords(problem)}
      </Notice>
      <Button
        variant="default"
        size="sm"
        data-disabled={seconds > 0}
        onClick={() => seconds === 0 && onRetry()}
      >
        {seconds > 0 ? `Try again in ${waitWords(seconds)}` : "Try again"}
      </Button>
    </div>
  );
}
