/**
 * Runs dependency-cruiser over the workspaces and says what it found.
 *
 * A cruise that reads fewer files than exist has not looked (with a TypeScript it does not know it
 * reads none, and passes), so the files it read come with the answer.
 *
 * @module
 */

import { join } from "node:path";
import { runProgram } from "./run_program.ts";
import { FOLDERS, ROOT } from "./source_files.ts";

const PROGRAM = "dependency-cruiser/bin/dependency-cruiser.mjs";

/** What a cruise read, and which of it breaks a rule. */
export interface Cruise {
  /** Source files, relative to the root. */
  readonly read: readonly string[];
  readonly violations: readonly Violation[];
}

/** One import, or one cycle, that a rule forbids. */
export interface Violation {
  readonly rule: string;
  /** What the rule is for. */
  readonly why: string;
  readonly from: string;
  readonly to: string;
}

interface Report {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
    readonly ruleSetUsed: {
      readonly forbidden: readonly { readonly name: string; readonly comment: string }[];
    };
  };
}

/**
 * Reads all workspaces under a root.
 *
 * @param root Where the workspaces are; the rules are always this repository's.
 * @throws {Error} When dependency-cruiser itself fails.
 */
export async function cruise(root: string): Promise<Cruise> {
  const config = join(ROOT, ".dependency-cruiser.mjs");
  const args = ["--config", config, "-T", "json", ...FOLDERS];
  const { stdout, stderr } = await runProgram(PROGRAM, args, root);
  if (!stdout.startsWith("{")) throw new Error(`Cannot read the imports: ${stderr || stdout}`);
  const report = JSON.parse(stdout) as Report;
  const { forbidden } = report.summary.ruleSetUsed;
  const reasons = new Map(forbidden.map(({ name, comment }) => [name, comment]));
  return {
    read: report.modules.map(({ source }) => source).filter(isSource),
    violations: report.summary.violations.map(({ rule: { name }, from, to }) => {
      return { rule: name, why: reasons.get(name) ?? "", from, to };
    }),
  };
}

function isSource(path: string): boolean {
  return /^(apps|packages|scripts|tests)\/.*\.tsx?$/.test(path) && !path.includes("node_modules/");
}
