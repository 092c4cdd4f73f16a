/**
 * A word or two in a box of their own.
 *
 * @module
 */

import type { ReactNode } from "react";

/** How a word is meant; it is never told by colour alone. */
export type Tone = "good" | "bad" | "warning" | "plain";

/** Draws it. */
export function Tag({
  tone = "plain",
  children,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
}) {
  return (
    <span className="co-tag" data-tone={tone}>
      {children}
    </span>
  );
}
