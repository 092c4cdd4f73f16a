/**
 * The stones of the wall behind the sign-in pages, laid by rule so that no picture is fetched.
 *
 * @module
 */

/** One stone: its rectangle, and how light it is among its neighbours. */
export interface Stone {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 0 to 4, dark to light. */
  readonly tone: number;
}

/** Size of the drawing. */
export const WALL_WIDTH = 720;
export const WALL_HEIGHT = 1_000;

/** Where the wall ends and the ground begins. */
export const GROUND_Y = 892;

/** The gate: middle of its opening, half its width, and where its arch springs. */
export const GATE = { x: 452, halfWidth: 62, springY: 712 } as const;

const JOINT = 2.5;
const COURSE_MIN = 50;
const COURSE_MAX = 76;
const STONE_MIN = 78;
const STONE_MAX = 168;
const TONES = 5;

/** A small generator with a fixed seed: the same wall for everybody, every time. Not for secrets. */
function createDice(seed: number): () => number {
  let state = seed;
  return function roll(): number {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Lays the wall from the ground up, course by course, joints never one above the other. */
export function layWall(): readonly Stone[] {
  const roll = createDice(7);
  const stones: Stone[] = [];
  let bottom = GROUND_Y;
  while (bottom > 0) {
    const height = Math.round(COURSE_MIN + roll() * (COURSE_MAX - COURSE_MIN));
    let x = -Math.round(roll() * STONE_MAX);
    while (x < WALL_WIDTH) {
      const width = Math.round(STONE_MIN + roll() * (STONE_MAX - STONE_MIN));
      const tone = Math.floor(roll() * TONES);
      stones.push({
        x: x + JOINT / 2,
        y: bottom - height + JOINT / 2,
        width: width - JOINT,
        height: height - JOINT,
        tone,
      });
      x += width;
    }
    bottom -= height;
  }
  return stones;
}

/** A stone of the arch or of the jambs, as a path. */
export interface CutStone {
  readonly path: string;
  readonly tone: number;
}

const RING = 38;
const VOUSSOIRS = 9;
const JAMBS = 4;

/** Cuts the stones around the opening: an odd number over the arch, so that there is a keystone. */
export function cutGateStones(): readonly CutStone[] {
  return [...cutJambs(), ...cutArch()];
}

function cutArch(): readonly CutStone[] {
  const step = Math.PI / VOUSSOIRS;
  return Array.from({ length: VOUSSOIRS }, (_, index) => {
    const isKey = index === (VOUSSOIRS - 1) / 2;
    const outer = GATE.halfWidth + RING + (isKey ? 12 : 0);
    const from = Math.PI - index * step;
    return { path: wedge(from, from - step, outer), tone: isKey ? 4 : 2 + (index % 2) };
  });
}

/** Long and short in turn, so that they bond with the wall. */
function cutJambs(): readonly CutStone[] {
  const height = (GROUND_Y - GATE.springY) / JAMBS;
  return Array.from({ length: JAMBS }, (_, index) => {
    const y = GATE.springY + index * height;
    const depth = index % 2 === 0 ? RING : RING + 26;
    const left = GATE.x - GATE.halfWidth - depth;
    const right = GATE.x + GATE.halfWidth;
    const side = `h${depth}v${height}h${-depth}z`;
    return { path: `M${left} ${y}${side}M${right} ${y}${side}`, tone: 2 + (index % 2) };
  });
}

function wedge(from: number, to: number, outer: number): string {
  const inner = GATE.halfWidth;
  const [a, b, c, d] = [point(from, inner), point(from, outer), point(to, outer), point(to, inner)];
  return `M${a}L${b}A${outer} ${outer} 0 0 1 ${c}L${d}A${inner} ${inner} 0 0 0 ${a}z`;
}

function point(angle: number, radius: number): string {
  const x = GATE.x + Math.cos(angle) * radius;
  const y = GATE.springY - Math.sin(angle) * radius;
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

/** How far one sees into the thickness of the wall, standing a little to the right. */
const REVEAL = 17;

/** The opening, from the ground over the arch and back; and what is seen of beyond, through it. */
export function gateOpening(): { readonly near: string; readonly far: string } {
  return { near: archPath(0), far: archPath(REVEAL) };
}

function archPath(shift: number): string {
  const radius = GATE.halfWidth;
  const left = GATE.x - radius + shift;
  const right = GATE.x + radius + shift;
  const top = GATE.springY + shift * 0.35;
  return `M${left} ${GROUND_Y}V${top}A${radius} ${radius} 0 0 1 ${right} ${top}V${GROUND_Y}z`;
}

/** The light that falls through the gate onto the ground. */
export function lightOnGround(): string {
  const { x, halfWidth } = GATE;
  return `M${x - halfWidth + 4} ${GROUND_Y}H${x + halfWidth - 4}L${x + 200} ${WALL_HEIGHT + 20}H${x - 84}z`;
}
