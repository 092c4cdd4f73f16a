/**
 * Checking that no event was changed or taken away.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { Notice } from "@postern/ui";
import { Dialog } from "../../parts/dialog.tsx";
import { openDialog } from "../../parts/dialogs.tsx";
import { ProblemLine } from "../../parts/problem_line.tsx";
import { ProgressBar } from "../../parts/progress_bar.tsx";
import { addressText, placeOf } from "../../route/address.ts";
import { type ChainProgress, type ChainWalk, useChainWalk } from "./use_chain_walk.ts";

/** Opens it; the check begins at once. */
export function openChainCheck(): void {
  openDialog((close) => <ChainCheckDialog onClose={close} />);
}

function ChainCheckDialog({ onClose }: { readonly onClose: () => void }) {
  const walk = useChainWalk();
  const { progress, problem, isGoing } = walk;
  const isDone = progress?.done === true;
  return (
    <Dialog title="The chain of events" onClose={onClose}>
      <div className="co-form">
        <p className="pt-dim">
          Every event holds the hash of the one before. The check goes through all of them from the
          first and tells where the first does not fit.
        </p>
        {isDone ? null : <HowFar walk={walk} />}
        <div role="status">
          {isDone && progress.ok ? (
            <Notice tone="good">
              All {progress.checked.toLocaleString("en")} events fit. Nothing was changed or taken
              out.
            </Notice>
          ) : null}
          {progress?.ok === false ? <Broken progress={progress} onClose={onClose} /> : null}
        </div>
        <ProblemLine problem={problem} />
        <div className="co-dialog-actions">
          {isGoing ? (
            <Button variant="default" onClick={walk.stop}>
              Stop
            </Button>
          ) : (
            <Button variant="default" onClick={walk.go}>
              {isDone || progress === null ? "Check again" : "Go on"}
            </Button>
          )}
          <Button onClick={onClose}>Close</Button>
        </div>
      </div>
    </Dialog>
  );
}

function HowFar({ walk: { progress, isGoing } }: { readonly walk: ChainWalk }) {
  const checked = progress?.checked ?? 0;
  const total = progress?.total ?? 0;
  const words =
    progress === null
      ? "Beginning with the first"
      : `${checked.toLocaleString("en")} of ${total.toLocaleString("en")} fit so far`;
  return (
    <ProgressBar
      label="Checked events"
      value={checked}
      max={total}
      words={isGoing ? words : `Stopped. ${words}.`}
    />
  );
}

interface BrokenProps {
  readonly progress: ChainProgress;
  readonly onClose: () => void;
}

function Broken({ progress: { first_bad, checked }, onClose }: BrokenProps) {
  return (
    <Notice tone="bad">
      <strong>The chain does not hold.</strong> The first event that does not fit is at position{" "}
      {first_bad ?? "unknown"}, after {checked.toLocaleString("en")} that do.{" "}
      {first_bad === null ? null : (
        <a
          className="pt-link"
          href={addressText(placeOf("audit", "", first_bad))}
          onClick={onClose}
        >
          Show it.
        </a>
      )}{" "}
      Somebody, or something, wrote to the database past the server. Keep a copy of it now, and
      compare it with a backup.
    </Notice>
  );
}
