/**
 * A question before something that cannot be taken back.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { Dialog } from "./dialog.tsx";

/** What is asked, and what happens then. */
export interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** A verb, such as "End 3 sessions". */
  readonly confirmLabel: string;
  readonly isBusy: boolean;
  /** Why it did not work, after a try. */
  readonly error?: ReactNode;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks; while busy it stays open and cannot be answered twice. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isBusy, onClose } = props;
  const bodyId = useId();
  return (
    <Dialog
      isOpen={props.isOpen}
      title={props.title}
      describedBy={bodyId}
      isBusy={isBusy}
      onClose={onClose}
    >
      <div id={bodyId} className="pt-dialog-words">
        {props.children}
      </div>
      <p role="alert" className="pt-dialog-error">
        {props.error}
      </p>
      <div className="pt-dialog-actions">
        <Button variant="default" onClick={onClose} disabled={isBusy}>
          Cancel
        </Button>
        <Button color="red" onClick={props.onConfirm} loading={isBusy}>
          {props.confirmLabel}
        </Button>
      </div>
    </Dialog>
  );
}
