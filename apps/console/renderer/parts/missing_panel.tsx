/**
 * What stands in a panel where what it should show is not there, or could not be loaded.
 *
 * @module
 */

import { problemOf } from "../calls/problem.ts";
import { ErrorPanel, StatePanel } from "./state_panel.tsx";

/** What it is handed. */
export interface MissingPanelProps {
  readonly error: Error;
  /** Such as "event". */
  readonly noun: string;
  /** Why it may not be there. */
  readonly words: string;
  readonly onRetry: () => unknown;
}

/** Codes by which the server says that nothing has that id. */
const MISSING: ReadonlySet<string> = new Set(["not_found", "invalid_request"]);

/** Draws it. */
export function MissingPanel({ error, noun, words, onRetry }: MissingPanelProps) {
  if (!MISSING.has(problemOf(error).code)) {
    return <ErrorPanel error={error} onRetry={() => void onRetry()} />;
  }
  return (
    <StatePanel icon="search" title={`There is no such ${noun}`} isLive>
      {words}
    </StatePanel>
  );
}
