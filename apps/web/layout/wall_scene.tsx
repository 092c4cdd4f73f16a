/**
 * The wall with its gate, beside the sign-in forms: an ornament, drawn in the page.
 *
 * @module
 */

import "./wall_scene.css";
import {
  cutGateStones,
  GATE,
  GROUND_Y,
  gateOpening,
  layWall,
  lightOnGround,
  WALL_HEIGHT,
  WALL_WIDTH,
} from "./wall_stones.ts";

const STONES = layWall();
const GATE_STONES = cutGateStones();
const OPENING = gateOpening();
const GROUND_HEIGHT = WALL_HEIGHT - GROUND_Y;

/** Draws the scene to fill its box, keeping the gate in sight. */
export function WallScene() {
  return (
    <svg
      className="pt-wall"
      viewBox={`0 0 ${WALL_WIDTH} ${WALL_HEIGHT}`}
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
    >
      <WallLights />
      <rect className="pt-wall-joint" width={WALL_WIDTH} height={WALL_HEIGHT} />
      {STONES.map(({ tone, ...box }) => (
        <rect key={`${box.x} ${box.y}`} className={`pt-stone-${tone}`} rx="2" {...box} />
      ))}
      {GATE_STONES.map(({ path, tone }) => (
        <path key={path} className={`pt-cut pt-stone-${tone}`} d={path} />
      ))}
      <rect width={WALL_WIDTH} height={GROUND_Y} fill="url(#pt-dusk)" />
      <rect width={WALL_WIDTH} height={GROUND_Y} fill="url(#pt-glow)" />
      <Ground />
      <Gateway />
    </svg>
  );
}

/** How light falls off, near to far: steps of its strength at even distances. */
const FALL_OFF = [0.5, 0.3, 0.17, 0.09, 0.04, 0.012, 0] as const;

function WallLights() {
  return (
    <defs>
      <linearGradient id="pt-dusk" x1="0" y1="0" x2="0" y2="1">
        <stop className="pt-dusk-top" offset="0" />
        <stop className="pt-dusk-low" offset="0.8" />
      </linearGradient>
      <radialGradient
        id="pt-glow"
        gradientUnits="userSpaceOnUse"
        cx={GATE.x}
        cy={GATE.springY + 70}
        r="420"
      >
        {FALL_OFF.map((opacity, index) => (
          <stop
            key={opacity}
            className="pt-lamp"
            offset={index / (FALL_OFF.length - 1)}
            stopOpacity={opacity}
          />
        ))}
      </radialGradient>
      <linearGradient id="pt-day" x1="0" y1="0" x2="0" y2="1">
        <stop className="pt-day-top" offset="0" />
        <stop className="pt-day-low" offset="1" />
      </linearGradient>
      <linearGradient id="pt-pool" x1="0" y1="0" x2="0" y2="1">
        <stop className="pt-lamp" offset="0" stopOpacity="0.85" />
        <stop className="pt-lamp" offset="0.45" stopOpacity="0.3" />
        <stop className="pt-lamp" offset="1" stopOpacity="0" />
      </linearGradient>
      <filter id="pt-soft" x="-20%" y="-20%" width="140%" height="140%">
        <feGaussianBlur stdDeviation="5" />
      </filter>
      <clipPath id="pt-opening">
        <path d={OPENING.near} />
      </clipPath>
      <clipPath id="pt-floor">
        <rect y={GROUND_Y} width={WALL_WIDTH} height={GROUND_HEIGHT} />
      </clipPath>
    </defs>
  );
}

/** The way through: the thickness of the wall on one side, the light beyond, and a worn threshold. */
function Gateway() {
  const { x, halfWidth } = GATE;
  return (
    <>
      <path className="pt-reveal-stone" d={OPENING.near} />
      <g clipPath="url(#pt-opening)">
        <path d={OPENING.far} fill="url(#pt-day)" />
      </g>
      <path className="pt-wall-edge" d={OPENING.near} />
      <rect
        className="pt-cut pt-stone-4"
        x={x - halfWidth - 14}
        y={GROUND_Y - 10}
        width={halfWidth * 2 + 28}
        height="12"
        rx="2"
      />
    </>
  );
}

function Ground() {
  return (
    <>
      <rect className="pt-ground" y={GROUND_Y} width={WALL_WIDTH} height={GROUND_HEIGHT} />
      <g clipPath="url(#pt-floor)">
        <path d={lightOnGround()} fill="url(#pt-pool)" filter="url(#pt-soft)" />
      </g>
    </>
  );
}
