/**
 * The report as people read it.
 *
 * @module
 */

import { FIGURES, type Goal } from "./figure.ts";
import type { Row } from "./row.ts";

const HEADINGS = ["figure", "value", "floor", "ratio", "rounds", "goal", "holds"] as const;

/** Digits of a number that are shown at least. */
const DIGITS = 3;

/** Writes the table, what each figure is, and what does not hold. */
export function writeTable(rows: readonly Row[]): string {
  const cells = [HEADINGS, ...rows.map(cellsOf)];
  const widths = HEADINGS.map((_, column) =>
    Math.max(...cells.map((line) => (line[column] ?? "").length)),
  );
  const lines = cells.map((line) => joinCells(line, widths));
  const [head = "", ...body] = lines;
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [head, rule, ...body, "", ...rows.flatMap(explain), "", verdict(rows)].join("\n");
}

/** A number with about three digits that matter. */
export function shortNumber(number: number): string {
  if (!Number.isFinite(number)) return "-";
  const before = Math.trunc(Math.abs(number)).toString().length;
  const [whole = "", fraction] = number.toFixed(Math.max(0, DIGITS - before)).split(".");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, " ");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function cellsOf(row: Row): readonly string[] {
  const { unit, goal } = FIGURES[row.figure];
  return [
    row.figure,
    `${shortNumber(row.value)} ${unit}`,
    row.floor === null ? "-" : `${shortNumber(row.floor)} ${unit}`,
    row.ratio === null ? "-" : row.ratio.toFixed(2),
    `${row.spread.least.toFixed(2)} to ${row.spread.greatest.toFixed(2)}`,
    goalWords(goal, unit),
    row.holds ? "yes" : "NO",
  ];
}

/** What is to be reached, in words. */
export function goalWords({ of, bound, number }: Goal, unit: string): string {
  const words = `${bound === "at_least" ? "≥" : "≤"} ${number}`;
  return of === "value" ? `${words} ${unit}` : words;
}

function joinCells(line: readonly string[], widths: readonly number[]): string {
  return line
    .map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    })
    .join("  ");
}

function explain({ figure, notes }: Row): readonly string[] {
  const { title, floorTitle } = FIGURES[figure];
  const beside = floorTitle === "none" ? "" : `; floor: ${floorTitle}`;
  return [`${figure}: ${title}${beside}`, ...notes.map((note) => `  ${note}`)];
}

function verdict(rows: readonly Row[]): string {
  const missed = rows.filter((row) => !row.holds).map(({ figure }) => figure);
  if (missed.length === 0) return `All ${rows.length} goals hold.`;
  return `${missed.length} of ${rows.length} goals do not hold: ${missed.join(", ")}.`;
}
