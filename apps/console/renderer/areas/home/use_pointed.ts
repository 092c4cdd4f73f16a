/**
 * Which of the things along a chart a pointer is at.
 *
 * @module
 */

import { type PointerEvent, useState } from "react";

/** What is pointed at, and what the chart listens to. */
export interface Pointed {
  /** How far along the chart, from 0 to 1; null where nobody points. */
  readonly at: number | null;
  readonly onPointerMove: (event: PointerEvent<Element>) => void;
  readonly onPointerLeave: () => void;
}

/** Follows the pointer over a chart. */
export function usePointed(): Pointed {
  const [at, setAt] = useState<number | null>(null);
  return {
    at,
    onPointerMove({ currentTarget, clientX }) {
      const { left, width } = currentTarget.getBoundingClientRect();
      if (width > 0) setAt(Math.min(1, Math.max(0, (clientX - left) / width)));
    },
    onPointerLeave: () => setAt(null),
  };
}
