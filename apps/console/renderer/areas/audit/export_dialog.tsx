/**
 * Writing the events that match to a file.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { useState } from "react";
import type { ExportProgress, ExportRequest } from "../../../ipc/bridge.ts";
import { bridge } from "../../calls/api.ts";
import type { Problem } from "../../calls/problem.ts";
import { toasts } from "../../calls/toasts.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { openDialog } from "../../parts/dialogs.tsx";
import { PickField } from "../../parts/field.tsx";
import { ProblemLine } from "../../parts/problem_line.tsx";

/** Opens it. */
export function openExport(query: string): void {
  openDialog((close) => <ExportDialog query={query} onClose={close} />);
}

interface ExportDialogProps {
  readonly query: string;
  readonly onClose: () => void;
}

function ExportDialog({ query, onClose }: ExportDialogProps) {
  const [format, setFormat] = useState<ExportRequest["format"]>("csv");
  const [progress, setProgress] = useState<ExportProgress | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function run(): Promise<void> {
    setBusy(true);
    setProblem(null);
    const done = await bridge.exportEvents({ query, format }, setProgress);
    setBusy(false);
    if (done.ok) {
      toasts.add(`${done.data.events.toLocaleString("en")} events are in ${done.data.file}`);
      onClose();
      return;
    }
    setProgress(null);
    setProblem({ ...done.error, call: null });
  }

  return (
    <Dialog title="Export events" onClose={onClose} isBusy={isBusy}>
      <form
        className="co-form"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <p>
          {query === "" ? "All events there are" : <code className="co-code">{query}</code>}, newest
          first, to a file that you choose.
        </p>
        <PickField
          label="Form"
          value={format}
          onChange={setFormat}
          choices={[
            ["csv", "CSV, for a spreadsheet"],
            ["ndjson", "JSON, one event a line"],
          ]}
          hint="In CSV, cells that a spreadsheet would take for formulas begin with an apostrophe"
        />
        <p role="status" className="co-progress-words">
          {progress === null ? "" : `${progress.events.toLocaleString("en")} events written`}
        </p>
        <ProblemLine problem={problem} />
        <div className="co-dialog-actions">
          {isBusy ? (
            <Button variant="default" onClick={() => void bridge.cancelExport()}>
              Stop
            </Button>
          ) : (
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
          )}
          <Button type="submit" loading={isBusy}>
            Choose a file and export
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
