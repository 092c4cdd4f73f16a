/**
 * Taking a provider away, also where it is somebody's only way in.
 *
 * @module
 */

import { useState } from "react";
import type { Acted } from "../../calls/act.ts";
import type { ProviderRow } from "../../calls/shapes.ts";
import { toasts } from "../../calls/toasts.ts";
import { ActionDialog } from "../../parts/action_dialog.tsx";
import { openDialog } from "../../parts/dialogs.tsx";
import { Field } from "../../parts/field.tsx";
import { deleteProvider } from "./provider_acts.ts";

/** Opens it. */
export function openDeleteProvider(provider: ProviderRow): void {
  openDialog((close) => <DeleteProviderDialog provider={provider} onClose={close} />);
}

interface DeleteProviderDialogProps {
  readonly provider: ProviderRow;
  readonly onClose: () => void;
}

function DeleteProviderDialog({ provider, onClose }: DeleteProviderDialogProps) {
  const [typed, setTyped] = useState("");
  const [isLastWay, setLastWay] = useState(false);
  const [isForced, setForced] = useState(false);

  async function remove(): Promise<Acted<unknown>> {
    const done = await deleteProvider(provider, isForced);
    if (!done.ok && (done.problem.code === "last_way_in" || done.problem.code === "conflict")) {
      setLastWay(true);
    }
    return done;
  }

  return (
    <ActionDialog
      title={`Delete ${provider.name}?`}
      confirmLabel={`Delete ${provider.name}`}
      tone="danger"
      isBlocked={typed !== provider.id || (isLastWay && !isForced)}
      act={remove}
      onDone={() => toasts.add(`${provider.name} is deleted`)}
      onClose={onClose}
    >
      <p>
        Every identity that people linked there goes with it, and the tokens that it gave. To try it
        out, switch it off instead.
      </p>
      {isLastWay ? (
        <label className="co-check">
          <input
            type="checkbox"
            checked={isForced}
            onChange={(event) => setForced(event.target.checked)}
          />
          <span>
            Delete it although it is the only way in for some
            <small>They have to set a password by a link in a mail before they get in again.</small>
          </span>
        </label>
      ) : null}
      <Field label={`Type ${provider.id} to go on`} value={typed} onChange={setTyped} isRequired />
    </ActionDialog>
  );
}
