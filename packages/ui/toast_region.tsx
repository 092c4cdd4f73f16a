/**
 * Where the notes appear. It is there from the start, since a live region that arrives together
 * with its first words is not read out.
 *
 * @module
 */

import "./toast_region.css";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Icon } from "./icon.tsx";
import type { Toast, ToastStore } from "./toast_store.ts";

/** How long a note stays: long enough to read two lines twice. */
const TOAST_MS = 7_000;

/** How long one stays that something can be done about: long enough to think, and to reach it. */
const TOAST_ACTION_MS = 15_000;

/** Shows the notes of a store at the foot of the page, and has them read out. */
export function ToastRegion({ store }: { readonly store: ToastStore }) {
  const toasts = useSyncExternalStore(store.subscribe, store.list);
  return (
    <div role="status" aria-live="polite" aria-relevant="additions">
      <ul className="pt-toasts">
        {toasts.map((toast) => (
          <ToastItem key={toast.id} toast={toast} onClose={() => store.remove(toast.id)} />
        ))}
      </ul>
    </div>
  );
}

interface ToastItemProps {
  readonly toast: Toast;
  readonly onClose: () => void;
}

function ToastItem({ toast, onClose }: ToastItemProps) {
  const { action } = toast;
  const hasAction = action !== null;
  // Whoever is at it has all the time there is (WCAG 2.2, 2.2.1).
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(onClose, hasAction ? TOAST_ACTION_MS : TOAST_MS);
    return () => clearTimeout(timer);
  }, [onClose, hasAction, isHeld]);
  return (
    <li
      className="pt-toast"
      data-tone={toast.tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={toast.tone === "good" ? "check" : "alert"} size={18} />
      <span>{toast.text}</span>
      {action === null ? null : (
        <button
          type="button"
          className="pt-toast-action"
          onClick={() => {
            action.run();
            onClose();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className="pt-toast-close" onClick={onClose} aria-label="Dismiss">
        <Icon name="close" size={16} />
      </button>
    </li>
  );
}
