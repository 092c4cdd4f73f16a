/**
 * A bulk act from the question to its end: what is asked, how far it is, and what did not work.
 *
 * @module
 */

import "./bulk.css";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Dialog } from "../parts/dialog.tsx";
import type { BulkProgress } from "./run_bulk.ts";
import { type BulkActs, type BulkStage, useBulk } from "./use_bulk.ts";

/** What the dialog is handed. */
export interface BulkDialogProps extends BulkActs {
  readonly title: string;
  /** What it means, and what is left to ask. */
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly isDanger: boolean;
  /** How many there are; null where they are found on the way. */
  readonly total: number | null;
  readonly onClose: () => void;
}

type Bulk = ReturnType<typeof useBulk>;

/** Draws the dialog. */
export function BulkDialog(props: BulkDialogProps) {
  const bulk = useBulk(props);
  const { title, onClose } = props;
  return (
    <Dialog title={title} onClose={onClose} isBusy={bulk.stage === "running"}>
      {bulk.stage === "asking" ? (
        <form
          className="co-form"
          onSubmit={(event) => {
            event.preventDefault();
            bulk.begin();
          }}
        >
          {props.children}
          <div className="co-dialog-actions">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" color={props.isDanger ? "red" : "verdigris"}>
              {props.confirmLabel}
            </Button>
          </div>
        </form>
      ) : (
        <Running bulk={bulk} total={props.total} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface RunningProps {
  readonly bulk: Bulk;
  readonly total: number | null;
  readonly onClose: () => void;
}

function Running({ bulk, total, onClose }: RunningProps) {
  const { stage, progress, isTakingBack, takeBack } = bulk;
  const failed = progress.failures.length;
  const isRunning = stage === "running";
  const all = isTakingBack || total === null ? progress.done + failed : total;
  return (
    <div className="co-form">
      <progress
        className="co-meter"
        aria-label="Progress"
        max={Math.max(all, 1)}
        value={progress.done + failed}
      />
      <p role="status">
        {isTakingBack ? "Taken back: " : ""}
        {wordsOf(stage, progress)}
      </p>
      <Failures progress={progress} />
      <div className="co-dialog-actions">
        {isRunning ? (
          <Button variant="default" onClick={bulk.stop}>
            Stop
          </Button>
        ) : null}
        {!isRunning && !isTakingBack && failed > 0 ? (
          <Button variant="default" onClick={bulk.tryAgain}>
            Try the {failed} again
          </Button>
        ) : null}
        {isRunning || takeBack === null || progress.done === 0 ? null : (
          <Button variant="default" onClick={takeBack}>
            Undo
          </Button>
        )}
        {isRunning ? null : <Button onClick={onClose}>Close</Button>}
      </div>
    </div>
  );
}

function Failures({ progress }: { readonly progress: BulkProgress }) {
  if (progress.failures.length === 0) return null;
  return (
    <ul className="co-failures" aria-label="What did not work">
      {progress.failures.map(({ target, why }) => (
        <li key={target.id}>
          <strong>{target.label}</strong> {why}
        </li>
      ))}
    </ul>
  );
}

function wordsOf(stage: BulkStage, { done, failures }: BulkProgress): string {
  const failed = failures.length === 0 ? "" : `, ${failures.length} did not work`;
  if (stage === "running") return `${done} done${failed}…`;
  if (stage === "broken") return `${done} done${failed}. Then the list could not be read on.`;
  return `${done} done${failed}.`;
}
