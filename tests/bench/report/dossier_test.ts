import { expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addToReport, type DatedRow, type Dossier, mergeDossier } from "./dossier.ts";
import { rowOf } from "./row.ts";

function dated(at: string, ...args: Parameters<typeof rowOf>): DatedRow {
  return { ...rowOf(...args), at };
}

function dossier(at: string, rows: readonly DatedRow[]): Dossier {
  return { rows, growth: [], conditions: { [at]: [`the machine at ${at}`] } };
}

const EARLY = dossier("early", [
  dated("early", { figure: "start", values: [300], floors: [90] }),
  dated("early", { figure: "me", values: [90], floors: [100] }),
]);

test("mergeDossier() replaces a figure that was measured anew, and keeps the others and their conditions", () => {
  const late = dossier("late", [dated("late", { figure: "me", values: [50], floors: [100] })]);
  const merged = mergeDossier(EARLY, late);
  expect(merged.rows.map(({ figure, value, at }) => [figure, value, at])).toEqual([
    ["me", 50, "late"],
    ["start", 300, "early"],
  ]);
  expect(Object.keys(merged.conditions)).toEqual(["early", "late"]);
});

test("mergeDossier() forgets conditions under which nothing is left that was measured", () => {
  const late = dossier("late", [
    dated("late", { figure: "me", values: [50], floors: [100] }),
    dated("late", { figure: "start", values: [50], floors: [100] }),
  ]);
  expect(Object.keys(mergeDossier(EARLY, late).conditions)).toEqual(["late"]);
});

test("addToReport() writes numbers, a page that names what is missed, and a plot of each series", () => {
  const folder = mkdtempSync(join(tmpdir(), "postern-report-"));
  const page = join(folder, "bench/2026-01-02.md");
  addToReport(page, EARLY);
  const points = [
    [10_000, 5],
    [100_000, 6],
    [1_000_000, 40],
  ] as const;
  const growth = [{ name: "Start & listen", unit: "ms", points }];
  addToReport(page, { rows: [], growth, conditions: {} });
  const text = readFileSync(page, "utf8");
  expect(text).toContain("**1 of 2 goals are missed**: start.");
  expect(text).toContain("| start | 300 ms | 90.0 ms | 3.33 | 3.33 to 3.33 | ≤ 3 | **missed** |");
  expect(text).toContain("![Start & listen](2026-01-02/start_listen.svg)");
  expect(readdirSync(join(folder, "bench")).toSorted()).toEqual([
    "2026-01-02",
    "2026-01-02.json",
    "2026-01-02.md",
  ]);
  const plot = readFileSync(join(folder, "bench/2026-01-02/start_listen.svg"), "utf8");
  expect(plot).toContain("Start &amp; listen");
  expect(plot).toContain("prefers-color-scheme: dark");
  expect(plot.match(/<circle/g)).toHaveLength(3);
  rmSync(folder, { recursive: true });
});
