/**
 * A line over sizes, as SVG that can be read in light and in dark.
 *
 * @module
 */

import type { Series } from "./series.ts";
import { shortNumber } from "./table.ts";

const WIDTH = 420;
const HEIGHT = 210;
const LEFT = 62;
const RIGHT = 28;
const TOP = 40;
const BOTTOM = 34;

/** Room above the highest point, so that a level line is not at the edge. */
const HEADROOM = 1.15;

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600; font-size: 13px }
  .quiet { fill: #57606a }
  .rule { stroke: #d0d7de }
  .line { stroke: #0969da; stroke-width: 2; fill: none }
  .dot { fill: #0969da }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .quiet { fill: #9198a1 } .rule { stroke: #3d444d }
    .line { stroke: #4493f8 } .dot { fill: #4493f8 }
  }
`;

/** Draws it: sizes by their logarithm, values from zero. Every point is labelled with its value. */
export function plotOf({ name, unit, points }: Series): string {
  const logs = points.map(([size]) => Math.log10(size));
  const [least, most] = [Math.min(...logs), Math.max(...logs)];
  const top = Math.max(...points.map(([, value]) => value)) * HEADROOM || 1;
  const x = (size: number) =>
    LEFT + ((Math.log10(size) - least) / (most - least || 1)) * (WIDTH - LEFT - RIGHT - 20) + 10;
  const y = (value: number) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
  const line = points.map(([size, value]) => `${x(size).toFixed(1)},${y(value).toFixed(1)}`);
  const dots = points.flatMap(([size, value]) => [
    `<circle class="dot" cx="${x(size).toFixed(1)}" cy="${y(value).toFixed(1)}" r="3.5"/>`,
    `<text x="${x(size).toFixed(1)}" y="${(y(value) - 9).toFixed(1)}" text-anchor="middle">${shortNumber(value)}</text>`,
    `<text class="quiet" x="${x(size).toFixed(1)}" y="${HEIGHT - 14}" text-anchor="middle">${shortNumber(size)}</text>`,
  ]);
  const rules = [0, top / HEADROOM].flatMap((value) => [
    `<line class="rule" x1="${LEFT}" x2="${WIDTH - RIGHT + 10}" y1="${y(value)}" y2="${y(value)}"/>`,
    `<text class="quiet" x="${LEFT - 8}" y="${y(value) + 4}" text-anchor="end">${shortNumber(value)}</text>`,
  ]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escaped(name)} by number of users">`,
    `<style>${STYLE}</style>`,
    `<text class="title" x="12" y="20">${escaped(name)}</text>`,
    `<text class="quiet" x="${WIDTH - 12}" y="20" text-anchor="end">${escaped(unit)}</text>`,
    ...rules,
    `<polyline class="line" points="${line.join(" ")}"/>`,
    ...dots,
    "</svg>",
    "",
  ].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
