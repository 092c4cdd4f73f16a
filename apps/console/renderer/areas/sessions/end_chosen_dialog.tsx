/**
 * Ending the sessions that were chosen one by one.
 *
 * @module
 */

import { BulkDialog } from "../../bulk/bulk_dialog.tsx";
import type { SessionRow } from "../../calls/shapes.ts";
import { openDialog } from "../../parts/dialogs.tsx";
import { sessionWords } from "../users/user_acts.ts";
import { deviceWords } from "./device_words.ts";
import { endSession } from "./session_acts.ts";

/** Opens it. */
export function openEndChosen(sessions: readonly SessionRow[], onDone: () => void): void {
  openDialog((close) => <EndChosenDialog sessions={sessions} onDone={onDone} onClose={close} />);
}

interface EndChosenDialogProps {
  readonly sessions: readonly SessionRow[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function EndChosenDialog({ sessions, onDone, onClose }: EndChosenDialogProps) {
  const names = [...new Set(sessions.map((session) => session.user.username))];
  const people = names.length > 3 ? `${names.length} users` : names.join(", ");
  return (
    <BulkDialog
      title={`End ${sessionWords(sessions.length)} of ${people}?`}
      confirmLabel={`End ${sessionWords(sessions.length)}`}
      isDanger
      total={sessions.length}
      targets={() =>
        sessions.map((session) => ({
          id: session.id,
          label: `${session.user.username}, ${deviceWords(session)}`,
        }))
      }
      act={({ id, label }) => endSession({ id, user: { id: "", username: label } })}
      onRan={onDone}
      onClose={onClose}
    >
      <p>
        They are signed out within a second, open connections with them. They can sign in again.
      </p>
    </BulkDialog>
  );
}
