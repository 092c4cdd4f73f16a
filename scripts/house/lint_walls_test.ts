import { afterAll, beforeAll, expect, test } from "bun:test";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "./run_program.ts";
import { ROOT } from "./source_files.ts";

/** A file, its text, and the rules of biome.json that it breaks. */
type Probe = readonly [path: string, text: string, ...rules: string[]];

const LONG = `export function f() {\n${'  g("line");\n'.repeat(51)}}\ndeclare function g(line: string): void;`;
const DENIED = [
  ...["Date.now()", "crypto.randomUUID()", 'fetch("x")', "process.cwd()", "Bun.version"],
  ...["setTimeout(f, 1)", "setInterval(f, 1)", "performance.now()", "globalThis.Date.now()"],
  ...['new WebSocket("x")', 'new Response("x")', 'Buffer.from("x")', "navigator.language"],
];
const PURE = ["std", "wire", "auth", "chat", "rpc"];

const PROBES: readonly Probe[] = [
  ["packages/auth/good_name.ts", 'import { a } from "./a.ts";\nexport const B = a;'],
  ["packages/auth/_private.ts", "export const A = 1;"],
  ["packages/auth/good_name_test.ts", `export const NOW = Date.now();\n${LONG}`],
  ["packages/auth/kebab-case.ts", "export const A = 1;", "useFilenamingConvention"],
  ["packages/auth/camelCase.ts", "export const A = 1;", "useFilenamingConvention"],
  ["apps/web/pages/SignIn.tsx", "export const A = 1;", "useFilenamingConvention"],
  ["packages/auth/a.ts", "export default function a() {\n  return 1;\n}", "noDefaultExport"],
  ["packages/auth/b.ts", "export enum A {\n  B = 1,\n}", "noEnum"],
  ["packages/auth/c.ts", "export const A: any = 1;", "noExplicitAny"],
  ["packages/auth/d.ts", "export const A = [1].at(0)!;", "noNonNullAssertion"],
  ["packages/auth/e.ts", LONG, "noExcessiveLinesPerFunction"],
  [
    "packages/auth/f.ts",
    "export const A = 1;\n".repeat(251),
    "noExcessiveLinesPerFile",
    "noRedeclare",
  ],
  [
    "packages/auth/g.ts",
    "export function f(a: 1, b: 1, c: 1, d: 1) {\n  return [a, b, c, d];\n}",
    "useMaxParams",
  ],
  ["packages/auth/h.ts", 'export { a } from "./a.ts";', "noBarrelFile"],
  ["packages/auth/i.ts", 'export * from "./a.ts";', "noBarrelFile", "noReExportAll"],
  ["packages/auth/mod.ts", 'export * from "./a.ts";', "noReExportAll"],
  ["packages/std/mod.ts", 'export * from "./a.ts";'],
  ["packages/std/a.ts", "export const A = 1;"],
  ["packages/wire/mod.ts", 'export * from "./a.ts";'],
  ["packages/wire/a.ts", "export const A = 1;"],
  ["packages/db/mod.ts", 'export { A } from "./a.ts";'],
  ["packages/db/a.ts", "export const A = Date.now();"],
  ["packages/auth/j.ts", 'import { a } from "./a";\nexport const B = a;', "useImportExtensions"],
  [
    "packages/auth/k.ts",
    "export const a = function () {\n  return 1;\n};",
    "useArrowFunction",
    "useConsistentFunctionStyle",
  ],
  [
    "packages/auth/l.ts",
    "export function f() {\n  g();\n}\nasync function g(): Promise<void> {\n  await Promise.resolve();\n}",
    "noFloatingPromises",
  ],
  ["packages/auth/m.ts", 'import "node:fs";', "noNodejsModules"],
  ["packages/auth/n.ts", 'export const A = { b: 1 };\nexport const C = A["b"];'],
  ["packages/auth/o.ts", "export const A = Math.random();", "noJsRestrictedProperties"],
  ["apps/server/routes/o.ts", "export const A = Math.random();", "noJsRestrictedProperties"],
  ["apps/server/routes/p.ts", "export const A = process.env;", "noProcessEnv"],
  ["apps/server/routes/q.ts", "export const A = Bun.env;", "noJsRestrictedProperties"],
  ["apps/server/routes/r.ts", 'console.log("x");', "noConsole"],
  ["apps/server/main.ts", "export const A = process.env;"],
  ["scripts/p.ts", 'console.log(process.env, "x");'],
  ["packages/ui/fs.ts", 'import "node:fs";', "noNodejsModules"],
  ["apps/web/pages/fs.ts", 'import "bun";', "noBunModules"],
  ["packages/auth/sessions/lucia_sessions.ts", "export const A = new Date(0);"],
  ["packages/auth/sessions/other.ts", "export const A = new Date(0);", "noRestrictedGlobals"],
  ...PURE.flatMap((name) =>
    DENIED.map((expression, index): Probe => {
      const text = `declare function f(): void;\nexport const A = ${expression};`;
      return [`packages/${name}/denied_${index}.ts`, text, "noRestrictedGlobals"];
    }),
  ),
];

let root: string;
let found: Map<string, Set<string>>;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "postern-lint-"));
  await copyFile(join(ROOT, "biome.json"), join(root, "biome.json"));
  await Bun.write(join(root, ".gitignore"), "node_modules/\n");
  await Bun.write(join(root, "package.json"), '{ "dependencies": { "react": "19.0.0" } }');
  for (const [path, text] of PROBES) await Bun.write(join(root, path), text);
  const args = ["lint", "--colors=off", "--max-diagnostics=none", "."];
  const { stdout, stderr } = await runProgram("@biomejs/biome/bin/biome", args, root);
  found = new Map(PROBES.map(([path]) => [path, new Set()]));
  for (const [, path = "", rule = ""] of (stdout + stderr).matchAll(
    /^(\S+?)(?::\d+:\d+)? lint\/\w+\/(\w+)/gm,
  )) {
    found.get(path)?.add(rule);
  }
});

afterAll(async () => {
  await rm(root, { recursive: true });
});

test("biome.json refuses what STYLE and the pure folders refuse, and no more", () => {
  const seen = [...found].map(([path, rules]) => [path, ...[...rules].sort()]);
  expect(seen).toEqual(PROBES.map(([path, , ...rules]) => [path, ...rules.sort()]));
});
