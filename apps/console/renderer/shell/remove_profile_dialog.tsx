/**
 * Whether a server is to be forgotten.
 *
 * @module
 */

import type { Profile } from "../../ipc/bridge.ts";
import type { Acted } from "../calls/act.ts";
import { bridge } from "../calls/api.ts";
import { toasts } from "../calls/toasts.ts";
import { ActionDialog } from "../parts/action_dialog.tsx";

/** What the dialog is handed. */
export interface RemoveProfileDialogProps {
  readonly profile: Profile;
  readonly onClose: () => void;
}

/** Asks, and forgets it. */
export function RemoveProfileDialog({ profile, onClose }: RemoveProfileDialogProps) {
  async function remove(): Promise<Acted<null>> {
    const removed = await bridge.removeProfile(profile.id);
    if (removed.ok) return { ok: true, value: null };
    return { ok: false, problem: { ...removed.error, call: null } };
  }
  return (
    <ActionDialog
      title={`Remove ${profile.name}?`}
      confirmLabel="Remove"
      tone="danger"
      act={remove}
      onDone={() => toasts.add(`${profile.name} is forgotten here`)}
      onClose={onClose}
    >
      <p>
        This console signs out of it and forgets its address. The server itself, and everything on
        it, stays as it is.
      </p>
    </ActionDialog>
  );
}
