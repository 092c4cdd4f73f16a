/**
 * A dialog: the browser's own, which traps focus, closes on Escape and gives focus back.
 *
 * @module
 */

import { Icon } from "@postern/ui";
import { type ReactNode, useEffect, useId, useRef } from "react";

/** What a dialog is handed. */
export interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
  /** Set while it must not be closed. */
  readonly isBusy?: boolean;
  readonly width?: "normal" | "wide";
}

/** Shows a dialog while it is drawn. */
export function Dialog({
  title,
  children,
  onClose,
  isBusy = false,
  width = "normal",
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element?.open === false) element.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="co-dialog"
      data-width={width}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        if (!isBusy) onClose();
      }}
    >
      <header className="co-dialog-head">
        <h2 id={titleId}>{title}</h2>
        <button
          type="button"
          className="co-icon-button"
          onClick={onClose}
          disabled={isBusy}
          aria-label="Close"
        >
          <Icon name="close" size={16} />
        </button>
      </header>
      {children}
    </dialog>
  );
}
