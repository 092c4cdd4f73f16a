/**
 * A dialog that does one thing, with what it needs to know for that.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Acted } from "../calls/act.ts";
import type { Problem } from "../calls/problem.ts";
import { Dialog } from "./dialog.tsx";
import { ProblemLine } from "./problem_line.tsx";

/** What the dialog is handed. */
export interface ActionDialogProps<T> {
  readonly title: string;
  readonly children: ReactNode;
  /** A verb, such as "Block ann". */
  readonly confirmLabel: string;
  /** `danger` for what cannot be taken back, or shuts somebody out. */
  readonly tone?: "danger" | "plain";
  /** Set while what is typed makes no sense yet. */
  readonly isBlocked?: boolean;
  readonly act: () => Promise<Acted<T>>;
  readonly onDone: (value: T) => void;
  readonly onClose: () => void;
}

/** Shows it. While busy it stays open and cannot be answered twice; what goes wrong is said in it. */
export function ActionDialog<T>(props: ActionDialogProps<T>) {
  const { isBlocked = false, onClose } = props;
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function run(): Promise<void> {
    if (isBlocked || isBusy) return;
    setBusy(true);
    setProblem(null);
    const done = await props.act();
    setBusy(false);
    if (!done.ok) {
      setProblem(done.problem);
      return;
    }
    props.onDone(done.value);
    onClose();
  }

  return (
    <Dialog title={props.title} onClose={onClose} isBusy={isBusy}>
      <form
        className="co-form"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {props.children}
        <ProblemLine problem={problem} />
        <div className="co-dialog-actions">
          <Button variant="default" onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button
            type="submit"
            color={props.tone === "danger" ? "red" : "verdigris"}
            loading={isBusy}
            disabled={isBlocked}
          >
            {props.confirmLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
