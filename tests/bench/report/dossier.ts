/**
 * The report that is kept: what several runs have measured, as JSON and as a page that is read.
 *
 * A run adds its lines and takes the place of older ones of the same figure, so that the whole can be
 * measured in pieces, each in a quiet hour.
 *
 * @module
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { FIGURE_NAMES, FIGURES } from "./figure.ts";
import { plotOf } from "./plot.ts";
import type { Row } from "./row.ts";
import type { Series } from "./series.ts";
import { goalWords, shortNumber } from "./table.ts";

/** What was measured so far. */
export interface Dossier {
  readonly rows: readonly DatedRow[];
  readonly growth: readonly Series[];
  /** Under which conditions, by when. */
  readonly conditions: Readonly<Record<string, readonly string[]>>;
}

/** A line, and when it was measured. */
export interface DatedRow extends Row {
  readonly at: string;
}

const NOTHING: Dossier = { rows: [], growth: [], conditions: {} };

/** Puts new lines in the place of older ones, in the order of the figures. */
export function mergeDossier(old: Dossier, fresh: Dossier): Dossier {
  const rows = [
    ...old.rows.filter(({ figure }) => !fresh.rows.some((row) => row.figure === figure)),
    ...fresh.rows,
  ].toSorted((a, b) => FIGURE_NAMES.indexOf(a.figure) - FIGURE_NAMES.indexOf(b.figure));
  const all = { ...old.conditions, ...fresh.conditions };
  const inUse = Object.entries(all).filter(
    ([at]) => at in fresh.conditions || rows.some((row) => row.at === at),
  );
  const growth = fresh.growth.length > 0 ? fresh.growth : old.growth;
  return { rows, growth, conditions: Object.fromEntries(inUse) };
}

/**
 * Adds to a report.
 *
 * @param page Path of the page, which ends in `.md`. Beside it are the numbers and a folder of plots.
 */
export function addToReport(page: string, fresh: Dossier): void {
  const base = page.replace(/[.]md$/, "");
  const numbers = `${base}.json`;
  const old = existsSync(numbers)
    ? (JSON.parse(readFileSync(numbers, "utf8")) as Dossier)
    : NOTHING;
  const dossier = mergeDossier(old, fresh);
  mkdirSync(dirname(page), { recursive: true });
  writeFileSync(numbers, `${JSON.stringify(dossier, null, 2)}\n`);
  if (dossier.growth.length > 0) mkdirSync(base, { recursive: true });
  for (const series of dossier.growth) {
    writeFileSync(join(base, plotFile(series)), plotOf(series));
  }
  writeFileSync(page, writePage(dossier, basename(base)));
}

/** Writes the page. */
function writePage({ rows, growth, conditions }: Dossier, name: string): string {
  const missed = rows.filter((row) => !row.holds).map(({ figure }) => figure);
  return [
    `# Measured, ${name}`,
    "",
    "Each figure beside its floor, in turns, in the same run: medians, and how far apart the rounds were.",
    "",
    missed.length === 0
      ? `All ${rows.length} goals hold.`
      : `**${missed.length} of ${rows.length} goals are missed**: ${missed.join(", ")}.`,
    "",
    "| figure | value | floor | ratio | rounds | goal | holds |",
    "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ...rows.map(rowLine),
    "",
    "## What they are",
    "",
    ...rows.flatMap(explain),
    "## Under which conditions",
    "",
    ...Object.entries(conditions).flatMap(([at, lines]) => [
      `${at}:`,
      "",
      ...lines.map((line) => `- ${line}`),
      "",
    ]),
    ...(growth.length === 0 ? [] : growthLines(growth, name)),
  ].join("\n");
}

function rowLine(row: DatedRow): string {
  const { unit, goal } = FIGURES[row.figure];
  const cells = [
    row.figure,
    `${shortNumber(row.value)} ${unit}`,
    row.floor === null ? "-" : `${shortNumber(row.floor)} ${unit}`,
    row.ratio === null ? "-" : row.ratio.toFixed(2),
    `${row.spread.least.toFixed(2)} to ${row.spread.greatest.toFixed(2)}`,
    goalWords(goal, unit),
    row.holds ? "yes" : "**missed**",
  ];
  return `| ${cells.join(" | ")} |`;
}

function explain({ figure, notes, at }: DatedRow): readonly string[] {
  const { title, floorTitle } = FIGURES[figure];
  const beside = floorTitle === "none" ? "" : `; floor: ${floorTitle}`;
  return [`- **${figure}** (${at}): ${title}${beside}`, ...notes.map((note) => `  - ${note}`), ""];
}

function growthLines(growth: readonly Series[], folder: string): readonly string[] {
  return [
    "## By the number of users",
    "",
    "As many sessions as users, and three events each. Values from zero; sizes by their logarithm.",
    "",
    ...growth.flatMap((series) => [`![${series.name}](${folder}/${plotFile(series)})`, ""]),
  ];
}

function plotFile({ name }: Series): string {
  return `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_")}.svg`;
}
