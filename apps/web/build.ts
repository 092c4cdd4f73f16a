/**
 * Builds the pages into `dist/`: hashed files, their compressed forms, and a manifest.
 *
 * Run as a program it prints what it did; with nothing changed it only hashes the sources.
 *
 * @module
 */

import { hashInputs } from "./build/inputs.ts";
import type { ServedFile } from "./build/write_files.ts";
import { DIST, type Manifest } from "./manifest.ts";

/** How a build ended. */
export interface BuildOutcome {
  /** `false` where the files were up to date already. */
  readonly isNew: boolean;
  /** One line for people. */
  readonly summary: string;
}

/**
 * Builds the pages unless they are up to date. Throws where the sources do not build, or where the
 * sign-in page has grown past its limit.
 *
 * @param dist Folder to write to, with a slash at its end.
 */
export async function buildPages(dist: string = DIST): Promise<BuildOutcome> {
  const inputs = await hashInputs();
  const before = await readManifest(dist);
  if (before?.inputs === inputs) return { isNew: false, summary: "Pages are up to date" };
  const { bundlePages } = await import("./build/bundle.ts");
  const { removeStale, writeFiles, writeManifest } = await import("./build/write_files.ts");
  const { markSvg, SCHEME_PAGE_COLORS, SCHEME_SCRIPT } = await import("@postern/ui");
  const { files, entry, pages } = await bundlePages();
  const served: readonly ServedFile[] = [
    ...files.map(({ name, type, bytes }) => ({
      path: `/assets/${name}`,
      type,
      bytes,
      isImmutable: true,
    })),
    textFile("/favicon.svg", "image/svg+xml", markSvg()),
    textFile("/robots.txt", "text/plain; charset=utf-8", "User-agent: *\nDisallow: /\n"),
  ];
  const manifest: Manifest = {
    inputs,
    assets: await writeFiles(dist, served),
    entry,
    pages,
    schemeScript: SCHEME_SCRIPT,
    pageColors: SCHEME_PAGE_COLORS,
  };
  const weight = await weighSignIn(dist, manifest);
  await writeManifest(dist, manifest);
  await removeStale(dist, before === undefined ? [manifest] : [manifest, before]);
  return { isNew: true, summary: `Built ${served.length} files; sign-in page ${weight}` };
}

function textFile(path: string, type: string, text: string): ServedFile {
  return { path, type, bytes: new TextEncoder().encode(text), isImmutable: false };
}

async function readManifest(dist: string): Promise<Manifest | undefined> {
  const file = Bun.file(`${dist}manifest.json`);
  return (await file.exists()) ? ((await file.json()) as Manifest) : undefined;
}

async function weighSignIn(dist: string, manifest: Manifest): Promise<string> {
  const { SIGN_IN_SCRIPT_LIMIT_BYTES, weighScripts } = await import("./build/script_budget.ts");
  const { raw, brotli, gzip } = await weighScripts(dist, manifest, "login");
  const inKib = (bytes: number) => `${(bytes / 1_024).toFixed(1)} KiB`;
  const words = `${inKib(raw)} of script, ${inKib(gzip)} in gzip, ${inKib(brotli)} in brotli`;
  if (gzip > SIGN_IN_SCRIPT_LIMIT_BYTES) {
    const limit = inKib(SIGN_IN_SCRIPT_LIMIT_BYTES);
    throw new Error(`Cannot accept the sign-in page: ${words}, and ${limit} is the limit`);
  }
  return words;
}

if (import.meta.main) {
  const startedMs = performance.now();
  const { summary } = await buildPages();
  console.log(`${summary} (${Math.round(performance.now() - startedMs)} ms)`);
}
