/**
 * Turns the sources into files with hashed names, and tells which page needs which.
 *
 * @module
 */

import { basename } from "node:path";
import type { EntryFiles } from "../manifest.ts";
import { NOT_FOUND, PAGE_LIST, type PageName } from "../page_list.ts";

const WEB = new URL("../", import.meta.url).pathname;

/** A file that came out. */
export interface BundledFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** All that came out, and how it hangs together. Paths are as the browser asks for them. */
export interface Bundle {
  readonly files: readonly BundledFile[];
  readonly entry: EntryFiles;
  readonly pages: Readonly<Record<PageName, readonly string[]>>;
}

/** Bundles the pages: one entry, one chunk a page, and what they share. */
export async function bundlePages(): Promise<Bundle> {
  const names = "[name]-[hash].[ext]";
  const built = await Bun.build({
    entrypoints: [`${WEB}browser/main.tsx`],
    target: "browser",
    minify: true,
    splitting: true,
    metafile: true,
    naming: { entry: names, chunk: names, asset: names },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const outputs = readOutputs(built.metafile);
  const entry = find(outputs, "browser/main.tsx");
  const pages = [...PAGE_LIST, NOT_FOUND].map(({ name }) => [
    name,
    scriptsOf(outputs, entry, name),
  ]);
  return {
    files: await Promise.all(
      built.outputs.filter((output) => isServed(output, entry)).map(readFile),
    ),
    entry: {
      script: entry.path,
      style: entry.style,
      imports: [...withImports(outputs, entry.path)].filter((path) => path !== entry.path),
    },
    pages: Object.fromEntries(pages),
  };
}

/**
 * The entry's sheet holds the rules of all pages, in one order whatever page comes first; those that
 * Bun also writes for each page would say the same again.
 */
function isServed(output: Bun.BuildArtifact, entry: Output): boolean {
  return !output.path.endsWith(".css") || pathOf(output.path) === entry.style;
}

async function readFile(output: Bun.BuildArtifact): Promise<BundledFile> {
  const name = basename(output.path);
  const type = name.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
  return { name, type, bytes: new Uint8Array(await output.arrayBuffer()) };
}

interface Output {
  readonly path: string;
  readonly source: string;
  readonly imports: readonly string[];
  readonly style: string;
}

interface MetafileOutput {
  readonly entryPoint?: string;
  readonly cssBundle?: string;
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
}

function readOutputs(metafile: unknown): ReadonlyMap<string, Output> {
  const { outputs } = metafile as { readonly outputs: Readonly<Record<string, MetafileOutput>> };
  const all = Object.entries(outputs).filter(([path]) => path.endsWith(".js"));
  return new Map(
    all.map(([path, output]) => {
      const statics = output.imports.filter((item) => item.kind === "import-statement");
      return [
        pathOf(path),
        {
          path: pathOf(path),
          source: output.entryPoint ?? "",
          imports: statics.map((item) => pathOf(item.path)),
          style: pathOf(output.cssBundle ?? ""),
        },
      ];
    }),
  );
}

function pathOf(output: string): string {
  return `/assets/${basename(output)}`;
}

function find(outputs: ReadonlyMap<string, Output>, source: string): Output {
  const found = [...outputs.values()].find((output) => output.source.endsWith(source));
  if (found === undefined) throw new Error(`Cannot find the chunk of ${source} in the bundle`);
  return found;
}

/** What a page loads beside the entry and what the entry brings along. */
function scriptsOf(
  outputs: ReadonlyMap<string, Output>,
  entry: Output,
  name: PageName,
): readonly string[] {
  const page = find(outputs, `pages/${name}.tsx`);
  const already = withImports(outputs, entry.path);
  return [...withImports(outputs, page.path)].filter((path) => !already.has(path));
}

function withImports(outputs: ReadonlyMap<string, Output>, path: string): ReadonlySet<string> {
  const reached = new Set([path]);
  for (const next of reached) {
    for (const imported of outputs.get(next)?.imports ?? []) reached.add(imported);
  }
  return reached;
}
