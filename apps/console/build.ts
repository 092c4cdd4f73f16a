/**
 * Builds the console into `dist/`: `main.js`, `preload.cjs`, and the page in `renderer/`.
 *
 * Run as a program it says what it did; with nothing changed it only hashes the sources.
 *
 * @module
 */

import { cp, mkdir, rename, rm } from "node:fs/promises";
import { Glob } from "bun";

/** With a slash at its end. */
const DIST = new URL("./dist/", import.meta.url).pathname;

const CONSOLE = new URL("./", import.meta.url).pathname;
const ROOT = new URL("../../", import.meta.url).pathname;
const FOLDERS = ["apps/console", "packages/ui", "packages/wire", "packages/std"];
const SOURCES = new Glob("**/*.{ts,tsx,css,html,json}");

/** How a build ended. */
interface ConsoleBuild {
  /** `false` where the files were up to date already. */
  readonly isNew: boolean;
  /** One line for people. */
  readonly summary: string;
}

let underWay: Promise<ConsoleBuild> | null = null;

/** Builds all three rooms unless they are up to date; once for all who ask meanwhile. Throws where a source does not build. */
export async function buildConsole(): Promise<ConsoleBuild> {
  underWay ??= buildStale();
  try {
    return await underWay;
  } finally {
    underWay = null;
  }
}

async function buildStale(): Promise<ConsoleBuild> {
  const inputs = await hashInputs();
  const stamp = Bun.file(`${DIST}inputs`);
  if ((await stamp.exists()) && (await stamp.text()) === inputs) {
    return { isNew: false, summary: "The console is up to date" };
  }
  const made = `${CONSOLE}.dist-${process.pid}/`;
  await mkdir(made, { recursive: true });
  await Promise.all([bundleMain(made), bundlePreload(made), bundleRenderer(made)]);
  await Bun.write(`${made}inputs`, inputs);
  await rm(DIST, { recursive: true, force: true });
  await rename(made, DIST);
  return { isNew: true, summary: `Built the console into ${DIST}` };
}

/** Electron's main process is Node: ES modules, and `electron` from where it runs. */
async function bundleMain(outdir: string): Promise<void> {
  await Bun.build({
    entrypoints: [`${CONSOLE}main/main.ts`],
    outdir,
    target: "node",
    format: "esm",
    external: ["electron"],
    define: { "process.env.NODE_ENV": '"production"' },
  });
}

/** A preload in a sandbox can be no ES module, and requires nothing but `electron`. */
async function bundlePreload(outdir: string): Promise<void> {
  await Bun.build({
    entrypoints: [`${CONSOLE}preload/preload.ts`],
    outdir,
    naming: "[name].cjs",
    target: "browser",
    format: "cjs",
    external: ["electron"],
  });
}

async function bundleRenderer(outdir: string): Promise<void> {
  await Bun.build({
    entrypoints: [`${CONSOLE}renderer/main.tsx`],
    outdir: `${outdir}renderer`,
    target: "browser",
    minify: true,
    splitting: true,
    naming: { entry: "[name].[ext]", chunk: "[name]-[hash].[ext]", asset: "[name]-[hash].[ext]" },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  await cp(`${CONSOLE}renderer/index.html`, `${outdir}renderer/index.html`);
}

async function hashInputs(): Promise<string> {
  const hash = new Bun.CryptoHasher("sha256").update(Bun.version);
  for (const path of ["bun.lock", ...(await sourcePaths())]) {
    hash.update(`\0${path}\0`).update(await Bun.file(`${ROOT}${path}`).bytes());
  }
  return hash.digest("base64url");
}

async function sourcePaths(): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const folder of FOLDERS) {
    for await (const path of SOURCES.scan({ cwd: `${ROOT}${folder}`, followSymlinks: false })) {
      const isOurs = !/(^|\/)(node_modules|dist)\//.test(path);
      if (isOurs && !/_test\.tsx?$/.test(path)) paths.push(`${folder}/${path}`);
    }
  }
  return paths.sort();
}

if (import.meta.main) {
  const startedMs = performance.now();
  const { summary } = await buildConsole();
  console.log(`${summary} (${Math.round(performance.now() - startedMs)} ms)`);
}
