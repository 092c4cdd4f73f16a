/**
 * A dialog over the page.
 *
 * The browser's own dialog element traps focus, closes on Escape and gives focus back, without a
 * scroll lock that would write a style tag past the content security policy.
 *
 * @module
 */

import "./dialog.css";
import { type ReactNode, useEffect, useId, useRef } from "react";

/** What it is handed. */
export interface DialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  /** Id of what describes it, if one sentence does. */
  readonly describedBy?: string;
  /** While busy it stays open. */
  readonly isBusy?: boolean;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** Draws it. What is in it is there while it is open, and begins anew each time. */
export function Dialog(props: DialogProps) {
  const { isOpen, isBusy = false, describedBy, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
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
      aria-describedby={describedBy}
      onCancel={(event) => {
        // A dialog within this one tells of its own, and a file field would, too.
        if (event.target !== dialog.current) return;
        event.preventDefault();
        if (!isBusy) onClose();
      }}
      onClose={(event) => {
        // The browser closes it by itself when Escape is pressed twice.
        if (event.target === dialog.current && isOpen) onClose();
      }}
    >
      <h2 id={titleId}>{props.title}</h2>
      {isOpen ? <div className="pt-dialog-body">{props.children}</div> : null}
    </dialog>
  );
}
