/**
 * Runs dependency-cruiser over the workspaces and says what it found.
 *
 * A cruise that reads fewer files than exist has not looked (with a TypeScript it does not know it
 * reads none, and passes), so the files it read come with the answer.
 *
 * @module
 */

import { join, resolve } from "node:path";

const PROGRAM = "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs";
const FOLDERS = ["apps", "packages", "scripts", "tests"];

/** What a cruise read, and which of it breaks a rule. */
export interface Cruise {
  /** Source files, relative to the root. */
  readonly read: readonly string[];
  readonly violations: readonly Violation[];
}

/** One import, or one cycle, that a rule forbids. */
export interface Violation {
  readonly rule: string;
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
  };
}

/**
 * Reads all workspaces under a root.
 *
 * @param root Where the workspaces are; the rules are always this repository's.
 * @throws {Error} When dependency-cruiser itself fails.
 */
export async function cruise(root: string): Promise<Cruise> {
  const house = resolve(import.meta.dir, "../..");
  const config = join(house, ".dependency-cruiser.mjs");
  const child = Bun.spawn(
    [process.execPath, join(house, PROGRAM), "--config", config, "-T", "json", ...FOLDERS],
    { cwd: root, stdout: "pipe", stderr: "pipe" },
  );
  const [text, problem] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  if (!text.startsWith("{")) throw new Error(`Cannot read the imports: ${problem || text}`);
  const report = JSON.parse(text) as Report;
  return {
    read: report.modules.map(({ source }) => source).filter(isSource),
    violations: report.summary.violations.map(({ rule, from, to }) => ({
      rule: rule.name,
      from,
      to,
    })),
  };
}

function isSource(path: string): boolean {
  return /^(apps|packages|scripts|tests)\/.*\.tsx?$/.test(path) && !path.includes("node_modules/");
}
