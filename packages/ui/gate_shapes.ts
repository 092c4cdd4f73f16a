/**
 * The mark: a small gate in a wall, as plain shapes, so that the page draws it and the build writes
 * the icon from one source.
 *
 * @module
 */

/** Side of the square that the shapes are drawn in. */
export const MARK_SIZE = 32;

/** The wall, the joints between its stones, and the way through. */
export const MARK_SHAPES = {
  wall: "M9 2h14a7 7 0 0 1 7 7v14a7 7 0 0 1-7 7H9a7 7 0 0 1-7-7V9a7 7 0 0 1 7-7z",
  joints: "M2 10.5h28M2 19.5h9.5M24.5 19.5H30M11 2v8.5M22 2v8.5M6.5 10.5v9M11.5 19.5M8 19.5V30",
  gate: "M12.5 30V18.5a5.5 5.5 0 0 1 11 0V30z",
} as const;

const WALL_COLOR = "#1b6152";
const JOINT_COLOR = "#ffffff";
const GATE_COLOR = "#f0bd6b";

/** The mark as a file of its own, for the browser's tab. */
export function markSvg(): string {
  const { wall, joints, gate } = MARK_SHAPES;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${MARK_SIZE} ${MARK_SIZE}">`,
    `<path fill="${WALL_COLOR}" d="${wall}"/>`,
    `<path fill="none" stroke="${JOINT_COLOR}" stroke-opacity=".26" d="${joints}"/>`,
    `<path fill="${GATE_COLOR}" d="${gate}"/>`,
    "</svg>",
  ].join("");
}
