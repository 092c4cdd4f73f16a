/**
 * A dangerous act wants a sign-in a moment ago: what it is, and the way to the browser.
 *
 * @module
 */

import { Button, Loader } from "@mantine/core";
import { useState, useSyncExternalStore } from "react";
import { bridge } from "../calls/api.ts";
import { stepUps, type WaitingStepUp } from "../calls/step_ups.ts";
import { Dialog } from "../parts/dialog.tsx";
import { useConsole } from "../state/console_state.ts";

/** Draws the oldest that waits; nothing where none does. */
export function StepUpDialog() {
  const [waiting] = useSyncExternalStore(stepUps.subscribe, stepUps.list);
  return waiting === undefined ? null : <Asking waiting={waiting} />;
}

const STOPPED = { code: "cancelled", message: "Stopped", call: null } as const;

function Asking({ waiting }: { readonly waiting: WaitingStepUp }) {
  const { signingIn } = useConsole();
  const [isOpen, setOpen] = useState(false);
  const { stepUp, settle } = waiting;

  async function confirm(): Promise<void> {
    setOpen(true);
    const done = await bridge.stepUp(stepUp);
    setOpen(false);
    settle(done.ok ? null : { ...done.error, call: null });
  }

  async function stop(): Promise<void> {
    if (isOpen) await bridge.cancelSignIn();
    else settle(STOPPED);
  }

  return (
    <Dialog title="Confirm that it is you" onClose={() => void stop()}>
      <div className="co-form">
        <p className="co-step-up-title">{stepUp.title}</p>
        <p className="pt-dim">
          This wants a sign-in at most five minutes old. Your browser opens and shows the same
          words; the confirmation holds for this act alone.
        </p>
        {isOpen || signingIn ? (
          <div className="co-waiting">
            <Loader size="sm" aria-hidden="true" />
            <p role="status">Waiting for your browser.</p>
          </div>
        ) : null}
        <div className="co-dialog-actions">
          <Button variant="default" onClick={() => void stop()}>
            Cancel
          </Button>
          <Button onClick={() => void confirm()} disabled={isOpen || signingIn}>
            Confirm in the browser
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
