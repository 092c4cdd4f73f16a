/**
 * `bun run soak`: half an hour of mixed traffic with faults thrown in, and then everything that was
 * acknowledged is looked up.
 *
 * Says on standard error how far it is. Exits with 1 where a promise was broken.
 *
 * @module
 */

import { writeFileSync } from "node:fs";
import { readOptions, USAGE } from "./read_options.ts";
import { reportOf, writeReport } from "./report.ts";
import { runSoak } from "./run_soak.ts";

const options = readOptions(process.argv.slice(2));
if (!options.ok) {
  process.stderr.write(`${options.error}\n${USAGE}\n`);
  process.exit(2);
}
const soaked = await runSoak(options.value, (text) => process.stderr.write(`${text}\n`));
const report = reportOf(soaked, new Date());
console.log(writeReport(report));
if (options.value.isJson) console.log(JSON.stringify(report));
if (options.value.file !== undefined) {
  writeFileSync(options.value.file, `${JSON.stringify(report, null, 2)}\n`);
}
process.exit(report.ok ? 0 : 1);
