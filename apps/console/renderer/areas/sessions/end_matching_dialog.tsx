/**
 * Ending all sessions that match a query: how many there are comes first.
 *
 * @module
 */

import { useQuery } from "@tanstack/react-query";
import { api } from "../../calls/api.ts";
import { problemOf } from "../../calls/problem.ts";
import { toasts } from "../../calls/toasts.ts";
import { ActionDialog } from "../../parts/action_dialog.tsx";
import { openDialog } from "../../parts/dialogs.tsx";
import { ProblemLine } from "../../parts/problem_line.tsx";
import { sessionWords } from "../users/user_acts.ts";
import { endMatching } from "./session_acts.ts";

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
  const { data: preview, error } = useQuery({
    queryKey: ["sessions", "preview", query],
    queryFn: () => api.sessions.endMatching.mutate({ query, dryRun: true }),
    staleTime: 0,
    gcTime: 0,
  });
  const matched = preview?.matched ?? null;
  return (
    <ActionDialog
      title="End every session that matches?"
      confirmLabel={matched === null ? "End them" : `End ${sessionWords(matched)}`}
      tone="danger"
      isBlocked={matched === null || matched === 0}
      act={() => endMatching(query)}
      onDone={({ ended }) => {
        toasts.add(`${sessionWords(ended)} ended`);
        onDone();
      }}
      onClose={onClose}
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
      <ProblemLine problem={error === null ? null : problemOf(error)} />
    </ActionDialog>
  );
}
