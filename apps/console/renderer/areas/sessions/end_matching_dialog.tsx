/**
 * Ending all sessions that match a query: how many there are comes first, then how far it is.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../calls/api.ts";
import { problemOf } from "../../calls/problem.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { openDialog } from "../../parts/dialogs.tsx";
import { ProblemLine } from "../../parts/problem_line.tsx";
import { ProgressBar } from "../../parts/progress_bar.tsx";
import { sessionWords } from "../users/user_acts.ts";
import { type EndingJob, type EndingProgress, useEndingJob } from "./use_ending_job.ts";

/** Opens it. */
export function openEndMatching(query: string, onDone: () => void): void {
  openDialog((close) => <EndMatchingDialog query={query} onDone={onDone} onClose={close} />);
}

interface EndMatchingDialogProps {
  readonly query: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function EndMatchingDialog({ query, onDone, onClose }: EndMatchingDialogProps) {
  const job = useEndingJob(query, onDone);
  const { progress } = job;
  const isRunning = progress?.state === "running";
  return (
    <Dialog
      title={progress === null ? "End every session that matches?" : "Ending sessions"}
      onClose={onClose}
      isBusy={job.isBeginning}
    >
      {progress === null ? (
        <Question query={query} job={job} onClose={onClose} />
      ) : (
        <div className="co-form">
          <p>
            <code className="co-code">{query}</code>
          </p>
          <ProgressBar
            label="Sessions that were ended"
            value={progress.tried}
            max={progress.matched}
            words={wordsOf(progress)}
          />
          <ProblemLine problem={job.problem} />
          <div className="co-dialog-actions">
            {isRunning ? (
              <Button variant="default" onClick={() => void job.stop()}>
                Stop
              </Button>
            ) : null}
            {progress.state === "cancelled" || progress.state === "failed" ? (
              <Button variant="default" loading={job.isBeginning} onClick={() => void job.begin()}>
                End the rest
              </Button>
            ) : null}
            <Button onClick={onClose}>{isRunning ? "Leave it running" : "Close"}</Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

interface QuestionProps {
  readonly query: string;
  readonly job: EndingJob;
  readonly onClose: () => void;
}

function Question({ query, job, onClose }: QuestionProps) {
  const { data: preview, error } = useQuery({
    queryKey: ["sessions", "preview", query],
    queryFn: () => api.sessions.endMatching.mutate({ query, dryRun: true }),
    staleTime: 0,
    gcTime: 0,
  });
  const matched = preview?.matched ?? null;
  const problem = job.problem ?? (error === null ? null : problemOf(error));
  return (
    <form
      className="co-form"
      onSubmit={(event) => {
        event.preventDefault();
        void job.begin();
      }}
    >
      <p>
        <code className="co-code">{query}</code>
      </p>
      <p role="status" className="co-big-number">
        {matched === null ? "Counting…" : `${sessionWords(matched)} would end`}
      </p>
      <p className="pt-dim">
        Their devices and programs are signed out within a second. Sessions that begin in between
        and match end too. Sessions of owners are left out unless you are one.
      </p>
      <ProblemLine problem={problem} />
      <div className="co-dialog-actions">
        <Button variant="default" onClick={onClose} disabled={job.isBeginning}>
          Cancel
        </Button>
        <Button
          type="submit"
          color="red"
          loading={job.isBeginning}
          disabled={matched === null || matched === 0}
        >
          {matched === null ? "End them" : `End ${sessionWords(matched)}`}
        </Button>
      </div>
    </form>
  );
}

function wordsOf({ state, matched, tried, ended }: EndingProgress): string {
  const counts = `${ended.toLocaleString("en")} of ${matched.toLocaleString("en")} ended`;
  const others = tried - ended;
  const had = others === 0 ? "" : `, ${others.toLocaleString("en")} had ended before`;
  switch (state) {
    case "running":
      return `${counts}${had}…`;
    case "done":
      return `${sessionWords(ended)} ended${had}.`;
    case "cancelled":
      return `Stopped. ${counts}${had}. What ended stays ended.`;
    case "failed":
      return `It broke off. ${counts}${had}. What ended stays ended.`;
  }
}
