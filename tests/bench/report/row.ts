/**
 * One line of the report: a figure, as it was measured.
 *
 * @module
 */

import { FIGURES, type FigureName, holds } from "./figure.ts";
import { median, type Spread, spreadOf } from "./statistics.ts";

/** A figure's rounds. */
export interface Measurement {
  readonly figure: FigureName;
  readonly values: readonly number[];
  /** One a round, beside the value of that round; none where the figure has no floor. */
  readonly floors: readonly number[];
  /** What else is to be known, in words. */
  readonly notes?: readonly string[];
}

/** A line of the report. */
export interface Row {
  readonly figure: FigureName;
  /** Median of the rounds. */
  readonly value: number;
  /** Median of the rounds; null where there is none. */
  readonly floor: number | null;
  /** Value by floor; null where there is none. */
  readonly ratio: number | null;
  readonly goal: number;
  readonly holds: boolean;
  /** What the goal is about, round by round: ratios, or values. */
  readonly spread: Spread;
  readonly notes: readonly string[];
}

/** Makes a line of the rounds. */
export function rowOf(measurement: Measurement): Row {
  const { figure, values, floors, notes = [] } = measurement;
  const { goal } = FIGURES[figure];
  const value = median(values);
  const floor = floors.length === 0 ? null : median(floors);
  const ratio = floor === null ? null : value / floor;
  const ratios = values.map((each, round) => each / (floors[round] ?? Number.NaN));
  return {
    figure,
    value,
    floor,
    ratio,
    goal: goal.number,
    holds: holds(goal, value, ratio),
    spread: spreadOf(goal.of === "ratio" ? ratios : values),
    notes,
  };
}

/** What `--json` prints of the lines. Numbers are rounded to what the rounds can tell. */
export function jsonOf(rows: readonly Row[]): string {
  const plain = rows.map(({ figure, value, floor, ratio, goal, holds: isHeld }) => ({
    figure,
    value: rounded(value),
    floor: floor === null ? null : rounded(floor),
    ratio: ratio === null ? null : rounded(ratio),
    goal,
    holds: isHeld,
  }));
  return JSON.stringify({ rows: plain });
}

const SIGNIFICANT_DIGITS = 4;

function rounded(number: number): number {
  return Number(number.toPrecision(SIGNIFICANT_DIGITS));
}
