/**
 * A question before something that cannot be taken back.
 *
 * The browser's own dialog element traps focus, closes on Escape and gives focus back, without a
 * scroll lock that would write a style tag past the content security policy.
 *
 * @module
 */

import "./confirm_dialog.css";
import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useId, useRef } from "react";

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
  const { isOpen, isBusy, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const bodyId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (isOpen && element?.open === false) element.showModal();
    if (!isOpen && element?.open === true) element.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      className="pt-dialog"
      aria-labelledby={titleId}
      aria-describedby={bodyId}
      onCancel={(event) => {
        event.preventDefault();
        if (!isBusy) onClose();
      }}
    >
      <h2 id={titleId}>{props.title}</h2>
      <div id={bodyId} className="pt-dialog-body">
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
    </dialog>
  );
}
