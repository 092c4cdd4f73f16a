/**
 * The head of an area: its name, and what can be done in it as a whole.
 *
 * @module
 */

import type { ReactNode } from "react";

/** What the head is handed. */
export interface AreaHeadProps {
  readonly title: string;
  readonly children?: ReactNode;
}

/** Draws it. */
export function AreaHead({ title, children }: AreaHeadProps) {
  return (
    <header className="co-head">
      <h1 id="area-title" tabIndex={-1}>
        {title}
      </h1>
      <div className="co-head-actions">{children}</div>
    </header>
  );
}
