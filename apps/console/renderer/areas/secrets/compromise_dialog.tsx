/**
 * A key that others may know: what dropping it would end comes first, what it ended comes after.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { Notice } from "@postern/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { act } from "../../calls/act.ts";
import { api, reloadArea } from "../../calls/api.ts";
import { ActionDialog } from "../../parts/action_dialog.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { openDialog } from "../../parts/dialogs.tsx";
import { Field } from "../../parts/field.tsx";
import { ErrorPanel } from "../../parts/state_panel.tsx";
import { Blast, type BlastCounts, BlastReport } from "./blast.tsx";
import { RINGS, type RingName } from "./ring_words.ts";

/** Opens it. */
export function openCompromise(ring: RingName, key: string): void {
  openDialog((close) => <CompromiseDialog ring={ring} item={key} onClose={close} />);
}

interface CompromiseDialogProps {
  readonly ring: RingName;
  /** Id of the key. */
  readonly item: string;
  readonly onClose: () => void;
}

/** What has to be typed, so that it is never done by a slip. */
const WORD = "compromised";

function CompromiseDialog({ ring, item: key, onClose }: CompromiseDialogProps) {
  const [typed, setTyped] = useState("");
  const { title } = RINGS[ring];
  const {
    data: preview,
    error,
    refetch,
  } = useQuery({
    queryKey: ["secrets", "preview", ring, key],
    queryFn: () => api.secrets.previewCompromise.query({ ring, key }),
    staleTime: 0,
    gcTime: 0,
  });

  async function drop() {
    const input = { ring, key };
    const done = await act(`Drop the compromised key ${key} of the ring ${title}`, () =>
      api.secrets.compromise.mutate(input),
    );
    await reloadArea("secrets", "audit", "overview", "sessions");
    return done;
  }

  return (
    <ActionDialog
      title="This key is known to others"
      confirmLabel="Drop the key now"
      tone="danger"
      isBlocked={preview === undefined || typed.trim().toLowerCase() !== WORD}
      act={drop}
      onDone={(ended) => openReport({ ring, previewed: preview ?? ended, ended })}
      onClose={onClose}
    >
      <p>
        The key <code className="co-code">{key}</code> of the ring {title} is dropped at once, and
        what hangs on it ends. A new one takes its place.
      </p>
      {error === null ? null : <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {preview === undefined ? (
        <p role="status">Counting what would end…</p>
      ) : (
        <Blast title="This would end" counts={preview} />
      )}
      <Field label={`Type ${WORD} to go on`} value={typed} onChange={setTyped} isRequired />
    </ActionDialog>
  );
}

interface Report {
  readonly ring: RingName;
  readonly previewed: BlastCounts;
  readonly ended: BlastCounts;
}

function openReport({ ring, previewed, ended }: Report): void {
  openDialog((close) => (
    <Dialog title="The key is dropped" onClose={close}>
      <div className="co-form">
        <Notice tone="good">
          The ring {RINGS[ring].title} has a new key.{" "}
          {ring === "secrets"
            ? "What the old one sealed is encrypted anew now; it retires when that is done."
            : "Nothing accepts the old one any longer."}
        </Notice>
        <BlastReport title="This ended" previewed={previewed} ended={ended} />
        <div className="co-dialog-actions">
          <Button onClick={close}>Close</Button>
        </div>
      </div>
    </Dialog>
  ));
}
