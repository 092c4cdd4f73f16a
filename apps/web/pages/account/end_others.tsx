/**
 * Ending every session but this one.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { ConfirmDialog } from "@postern/ui";
import { useState } from "react";
import { api, toasts } from "../../browser/api.ts";
import { problemWords } from "../../forms/problem_words.ts";
import { reloadSessions } from "./use_sessions.ts";

/** What it is handed. */
export interface EndOthersProps {
  /** How many there are; `undefined` where not all are known. */
  readonly count: number | undefined;
  /** Called when they are ended and this is about to go, with focus on it. */
  readonly onEnded: () => void;
}

/** Draws the button, and asks before it acts. */
export function EndOthers({ count, onEnded }: EndOthersProps) {
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function endAll(): Promise<void> {
    setBusy(true);
    const answer = await api.endOtherSessions();
    setBusy(false);
    if (!answer.ok) {
      setError(problemWords(answer.problem));
      return;
    }
    setOpen(false);
    toasts.add("Every other device is signed out");
    await reloadSessions();
    onEnded();
  }

  function open(): void {
    setError(undefined);
    setOpen(true);
  }

  return (
    <>
      <Button variant="outline" color="red" size="sm" onClick={open}>
        Sign out everywhere else
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title="Sign out everywhere else?"
        confirmLabel={count === 1 ? "Sign it out" : "Sign them out"}
        isBusy={isBusy}
        error={error}
        onConfirm={() => void endAll()}
        onClose={() => setOpen(false)}
      >
        {otherWords(count)} at once. This one stays signed in.
      </ConfirmDialog>
    </>
  );
}

function otherWords(count: number | undefined): string {
  if (count === 1) return "One other device is signed out";
  return count === undefined
    ? "Every other device is signed out"
    : `${count} other devices are signed out`;
}
