/**
 * The mark of Postern, drawn in the page.
 *
 * @module
 */

import "./gate_mark.css";
import { MARK_SHAPES, MARK_SIZE } from "./gate_shapes.ts";

/** Draws the mark. It is an ornament: the name stands beside it, or the link around it has one. */
export function GateMark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg
      className="pt-mark"
      viewBox={`0 0 ${MARK_SIZE} ${MARK_SIZE}`}
      width={size}
      height={size}
      aria-hidden="true"
    >
      <path className="pt-mark-wall" d={MARK_SHAPES.wall} />
      <path className="pt-mark-joints" d={MARK_SHAPES.joints} />
      <path className="pt-mark-gate" d={MARK_SHAPES.gate} />
    </svg>
  );
}
