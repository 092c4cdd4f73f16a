/**
 * `bun run bench`: measures each figure beside its floor, in turns, and prints the ratios.
 *
 * Says on standard error how far it is. A figure that misses its goal is no failure of the benchmark:
 * the exit code is 0 unless something broke.
 *
 * @module
 */

import { type Bench, withBench } from "./bench.ts";
import { measureChat } from "./figures/chat.ts";
import { measureGrowth } from "./figures/growth.ts";
import { measureLists } from "./figures/lists.ts";
import { measureLogin } from "./figures/login.ts";
import { measureMe } from "./figures/me.ts";
import { measureMemory } from "./figures/memory.ts";
import { measureRefresh } from "./figures/refresh.ts";
import { measureScale } from "./figures/scale.ts";
import { measureScript } from "./figures/script.ts";
import { measureStart } from "./figures/start.ts";
import { measureStorm } from "./figures/storm.ts";
import { type Options, readOptions, USAGE } from "./read_options.ts";
import { describeConditions } from "./report/conditions.ts";
import { addToReport } from "./report/dossier.ts";
import type { FigureName } from "./report/figure.ts";
import { jsonOf, type Measurement, rowOf } from "./report/row.ts";
import { writeTable } from "./report/table.ts";

/** What measures which figures. What changes the database least comes first. */
const MEASUREMENTS: readonly (readonly [
  figures: readonly FigureName[],
  measure: (bench: Bench) => Promise<readonly Measurement[]>,
])[] = [
  [["script"], measureScript],
  [["start"], measureStart],
  [["memory"], measureMemory],
  [["me", "me_cross_origin", "me_better_auth", "me_better_auth_cached"], measureMe],
  [["lists"], measureLists],
  [["refresh"], measureRefresh],
  [["chat", "socket_memory", "revoke"], measureChat],
  [["me_at_scale", "login_at_scale"], measureScale],
  [["login"], measureLogin],
  [["storm"], measureStorm],
];

const options = readOptions(process.argv.slice(2));
if (options.ok) await run(options.value);
else {
  process.stderr.write(`${options.error}\n${USAGE}\n`);
  process.exit(2);
}

async function run(given: Options): Promise<void> {
  const { measurements, conditions, growth } = await withBench(given, async (bench) => ({
    measurements: await measureAll(bench),
    growth: given.isGrowth ? await measureGrowth(bench) : [],
    conditions: await describeConditions(bench, given),
  }));
  const order = [...given.figures];
  const rows = measurements
    .map(rowOf)
    .sort((a, b) => order.indexOf(a.figure) - order.indexOf(b.figure));
  console.log(given.isJson ? jsonOf(rows) : [...conditions, "", writeTable(rows)].join("\n"));
  if (given.report === undefined) return;
  const at = `${new Date().toISOString().slice(0, 16)}Z`;
  const dated = rows.map((row) => ({ ...row, at }));
  addToReport(given.report, { rows: dated, growth, conditions: { [at]: conditions } });
}

async function measureAll(bench: Bench): Promise<readonly Measurement[]> {
  const all: Measurement[] = [];
  for (const [figures, measure] of MEASUREMENTS) {
    const wanted = figures.filter((figure) => bench.figures.has(figure));
    if (wanted.length === 0) continue;
    bench.say(`measuring ${wanted.join(", ")}`);
    all.push(...(await measure(bench)));
  }
  return all;
}
