/**
 * `bun run check`: format, lint, types, the walls between the folders, dead code, style, doc comments.
 *
 * All at once; a line for each as it ends, then in full what is wrong.
 *
 * @module
 */

import { installDependencies } from "./_install.ts";
import type { Check } from "./house/checks.ts";
import type { Outcome } from "./house/outcome.ts";

installDependencies();
const { CHECKS } = await import("./house/checks.ts");
const { ROOT, sourceFiles } = await import("./house/source_files.ts");
const sources = sourceFiles(ROOT);
const reports = await Promise.all(CHECKS.map(report));
for (const text of reports) if (text !== "") console.log(`\n${text}`);
process.exit(reports.every((text) => text === "") ? 0 : 1);

/** Runs one check and tells how it went. Answers its problems as text, empty when there are none. */
async function report({ name, run }: Check): Promise<string> {
  const begin = performance.now();
  const { problems, extent } = await run(sources).catch(brokenCheck);
  const seconds = ((performance.now() - begin) / 1_000).toFixed(1);
  const mark = problems.length === 0 ? "ok  " : "FAIL";
  console.log(`${mark}  ${name.padEnd(16)}  ${seconds.padStart(5)} s  ${extent}`);
  return problems.length === 0 ? "" : `${name}:\n${problems.join("\n")}`;
}

/** A check that cannot do its work has not passed. */
function brokenCheck(cause: unknown): Outcome {
  return { problems: [Bun.inspect(cause)], extent: "could not be run" };
}
