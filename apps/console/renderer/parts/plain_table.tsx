/**
 * A small table, all of it drawn. Where the window is narrow it scrolls by itself, also by the keyboard.
 *
 * @module
 */

import type { ReactNode } from "react";

/** What the table is handed. */
export interface PlainTableProps {
  /** What is in it. */
  readonly label: string;
  readonly children: ReactNode;
}

/** Draws it. */
export function PlainTable({ label, children }: PlainTableProps) {
  return (
    <section className="co-plain-scroller" aria-label={label} tabIndex={0}>
      <table className="co-plain">{children}</table>
    </section>
  );
}
