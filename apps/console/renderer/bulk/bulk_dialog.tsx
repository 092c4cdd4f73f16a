/**
 * A bulk act from the question to its end: what is asked, how far it is, and what did not work.
 *
 * @module
 */

import "./bulk.css";
import { Button } from "@mantine/core";
import { type ReactNode, useRef, useState } from "react";
import type { Acted } from "../calls/act.ts";
import { problemWords } from "../calls/problem_words.ts";
import { Dialog } from "../parts/dialog.tsx";
import { type BulkProgress, type BulkTarget, runBulk } from "./run_bulk.ts";

/** What the dialog is handed. */
export interface BulkDialogProps {
  readonly title: string;
  /** What it means, and what is left to ask. */
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly isDanger: boolean;
  /** How many there are; null where they are found on the way. */
  readonly total: number | null;
  readonly targets: () => AsyncIterable<BulkTarget> | Iterable<BulkTarget>;
  readonly act: (target: BulkTarget) => Promise<Acted<unknown>>;
  /** Called after each run, whatever came of it. */
  readonly onRan: () => void;
  readonly onClose: () => void;
}

type Stage = "asking" | "running" | "ended" | "broken";

const NONE: BulkProgress = { done: 0, failures: [] };

/** Draws the dialog. */
export function BulkDialog(props: BulkDialogProps) {
  const [stage, setStage] = useState<Stage>("asking");
  const [progress, setProgress] = useState<BulkProgress>(NONE);
  const [earlier, setEarlier] = useState(0);
  const stop = useRef<AbortController>(null);

  async function run(targets: AsyncIterable<BulkTarget> | Iterable<BulkTarget>): Promise<void> {
    stop.current = new AbortController();
    const { signal } = stop.current;
    setEarlier(earlier + progress.done);
    setProgress(NONE);
    setStage("running");
    try {
      setProgress(await runBulk({ targets, run: one, signal, onProgress: setProgress }));
      setStage("ended");
    } catch {
      // The list that names the targets could not be read on.
      setStage("broken");
    }
    props.onRan();
  }

  async function one(target: BulkTarget): Promise<string | null> {
    const acted = await props.act(target);
    return acted.ok ? null : problemWords(acted.problem);
  }

  const { failures } = progress;
  const isRunning = stage === "running";
  return (
    <Dialog title={props.title} onClose={props.onClose} isBusy={isRunning}>
      {stage === "asking" ? (
        <form
          className="co-form"
          onSubmit={(event) => {
            event.preventDefault();
            void run(props.targets());
          }}
        >
          {props.children}
          <div className="co-dialog-actions">
            <Button variant="default" onClick={props.onClose}>
              Cancel
            </Button>
            <Button type="submit" color={props.isDanger ? "red" : "verdigris"}>
              {props.confirmLabel}
            </Button>
          </div>
        </form>
      ) : (
        <div className="co-form">
          <Meter done={earlier + progress.done} failed={failures.length} total={props.total} />
          <p role="status">{wordsOf(stage, { ...progress, done: earlier + progress.done })}</p>
          <Failures progress={progress} />
          <div className="co-dialog-actions">
            {isRunning ? (
              <Button variant="default" onClick={() => stop.current?.abort()}>
                Stop
              </Button>
            ) : null}
            {!isRunning && failures.length > 0 ? (
              <Button variant="default" onClick={() => void run(failures.map((one) => one.target))}>
                Try the {failures.length} again
              </Button>
            ) : null}
            {isRunning ? null : <Button onClick={props.onClose}>Close</Button>}
          </div>
        </div>
      )}
    </Dialog>
  );
}

interface MeterProps {
  readonly done: number;
  readonly failed: number;
  readonly total: number | null;
}

function Meter({ done, failed, total }: MeterProps) {
  const all = total ?? done + failed;
  return (
    <progress
      className="co-meter"
      aria-label="Progress"
      max={Math.max(all, 1)}
      value={done + failed}
    />
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

function wordsOf(stage: Stage, { done, failures }: BulkProgress): string {
  const failed = failures.length === 0 ? "" : `, ${failures.length} did not work`;
  if (stage === "running") return `${done} done${failed}…`;
  if (stage === "broken") return `${done} done${failed}. Then the list could not be read on.`;
  return `${done} done${failed}.`;
}
