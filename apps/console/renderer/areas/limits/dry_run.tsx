/**
 * What a draft of a limit would have done to what was decided lately.
 *
 * @module
 */

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { api } from "../../calls/api.ts";
import { problemOf } from "../../calls/problem.ts";
import { problemWords } from "../../calls/problem_words.ts";
import { TimeText } from "../../parts/time_text.tsx";
import type { LimitDraft } from "./limit_acts.ts";

/** What it is handed. */
export interface DryRunProps {
  readonly id: string;
  readonly draft: LimitDraft;
}

/** Says it in a sentence, anew with each change of the draft. */
export function DryRun({ id, draft }: DryRunProps) {
  const { count, window_s, enabled } = useDeferredValue(draft);
  const { data, error } = useQuery({
    queryKey: ["limits", "dry run", id, count, window_s, enabled],
    queryFn: () => api.limits.dryRun.query({ id, count, window_s, enabled }),
    staleTime: 30_000,
    placeholderData: (before) => before,
  });
  return (
    <div className="co-dry-run" role="status">
      <strong>On the last day</strong>
      {error === null ? null : <p>{problemWords(problemOf(error))}</p>}
      {data === undefined && error === null ? <p className="pt-dim">Trying it…</p> : null}
      {data === undefined ? null : <Words result={data} />}
    </div>
  );
}

type Result = Awaited<ReturnType<typeof api.limits.dryRun.query>>;

function Words({ result }: { readonly result: Result }) {
  const { decisions, from, refused, would_refuse, signed_in_later, subjects } = result;
  if (decisions === 0 || from === null) {
    return <p className="pt-dim">This limit has decided nothing yet, so nothing can be told.</p>;
  }
  return (
    <p>
      It would have refused <strong>{would_refuse.toLocaleString("en")}</strong> of{" "}
      {decisions.toLocaleString("en")}, of {subjects.toLocaleString("en")} callers;{" "}
      {signed_in_later.toLocaleString("en")} of them signed in later.{" "}
      <span className="pt-dim">
        As it is, {refused.toLocaleString("en")} were refused. Counted since <TimeText at={from} />.
      </span>
    </p>
  );
}
