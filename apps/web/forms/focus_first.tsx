/**
 * Puts the cursor where typing goes on.
 *
 * @module
 */

import { type ReactNode, useEffect, useRef } from "react";

/** What it is handed. */
export interface FocusFirstProps {
  readonly children: ReactNode;
  /**
   * Set where the page has just been loaded: then focus is moved only if nothing has it, and only
   * with a mouse or a keyboard, since on a phone it would cover half the page with keys.
   */
  readonly isGentle?: boolean;
  /** Set where focus is better left alone. */
  readonly isIdle?: boolean;
}

/** Moves focus to its first field when it appears, such as a field that the server turned out to need. */
export function FocusFirst({ children, isGentle = false, isIdle = false }: FocusFirstProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isIdle) return;
    const isFree = document.activeElement === document.body;
    if (isGentle && !(isFree && matchMedia("(pointer: fine)").matches)) return;
    box.current?.querySelector("input")?.focus();
  }, [isGentle, isIdle]);
  return (
    <div ref={box} className="pt-form-part">
      {children}
    </div>
  );
}
