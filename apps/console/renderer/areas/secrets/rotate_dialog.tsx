/**
 * A planned rotation: the next key comes into use, and nobody is signed out.
 *
 * @module
 */

import { act } from "../../calls/act.ts";
import { api, reloadArea } from "../../calls/api.ts";
import { toasts } from "../../calls/toasts.ts";
import { ActionDialog } from "../../parts/action_dialog.tsx";
import { openDialog } from "../../parts/dialogs.tsx";
import { RINGS, type RingName } from "./ring_words.ts";

/** Opens it. */
export function openRotate(ring: RingName): void {
  openDialog((close) => <RotateDialog ring={ring} onClose={close} />);
}

interface RotateDialogProps {
  readonly ring: RingName;
  readonly onClose: () => void;
}

function RotateDialog({ ring, onClose }: RotateDialogProps) {
  const { title } = RINGS[ring];

  async function rotate() {
    const done = await act(`Rotate the ring ${title}`, () => api.secrets.rotate.mutate({ ring }));
    await reloadArea("secrets", "audit", "overview");
    return done;
  }

  return (
    <ActionDialog
      title={`Rotate the ring ${title}?`}
      confirmLabel="Rotate"
      act={rotate}
      onDone={({ current }) =>
        toasts.add(`${title}: ${current} is in use. Watch the old one run dry`)
      }
      onClose={onClose}
    >
      <p>
        The next key comes into use at once, and one after it is published. The key of now is still
        accepted until nothing hangs on it; then it retires by itself. Nobody is signed out.
      </p>
      {ring === "secrets" ? (
        <p className="pt-dim">Stored secrets are encrypted anew with it in the background.</p>
      ) : null}
      <p className="pt-dim">
        If somebody may know the key, this is not enough: tell it as compromised.
      </p>
    </ActionDialog>
  );
}
