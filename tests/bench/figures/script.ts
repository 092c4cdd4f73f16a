/**
 * Weight of the script that the sign-in page loads, as it comes over the wire.
 *
 * What counts is what the page names and whatever that imports in turn.
 *
 * @module
 */

import type { Bench } from "../bench.ts";
import { startPostern } from "../postern/start_postern.ts";
import type { Measurement } from "../report/row.ts";

const PAGE = "/login";
const BYTES_PER_KIB = 1_024;

/** Measures KiB in gzip, which is never less than what a browser that takes more gets. */
export async function measureScript(bench: Bench): Promise<readonly Measurement[]> {
  const { cores, home } = bench;
  const server = await startPostern({ cores, on: cores.all, folder: home.folder });
  try {
    const page = new URL(PAGE, server.url);
    const html = await (await fetch(page, { headers: { Accept: "text/html" } })).text();
    const waiting = scriptsOfPage(html).map((path) => new URL(path, page).href);
    const scripts = new Set(waiting);
    let bytes = 0;
    for (const script of scripts) {
      bytes += await transferredBytes(script);
      for (const path of importsOf(await (await fetch(script)).text())) {
        scripts.add(new URL(path, script).href);
      }
    }
    if (scripts.size === 0) throw new Error(`Cannot weigh ${PAGE}: it names no script`);
    const notes = [`${scripts.size} files`];
    return [{ figure: "script", values: [bytes / BYTES_PER_KIB], floors: [], notes }];
  } finally {
    await server.stop();
  }
}

/** Paths of the scripts that a page names: to run, or to load early. */
export function scriptsOfPage(html: string): string[] {
  const tags = html.match(/<(?:script|link)\b[^>]*>/gi) ?? [];
  return tags.flatMap((tag) => {
    if (/^<script/i.test(tag)) return attribute(tag, "src");
    return /\brel="?modulepreload\b/i.test(tag) ? attribute(tag, "href") : [];
  });
}

/** Paths of what a script imports at once; what it may import later is not among them. */
export function importsOf(script: string): string[] {
  const found = script.matchAll(/\b(?:import|from) *["'](\.{0,2}\/[^"']+)["']/g);
  return [...found].flatMap(([, path]) => (path === undefined ? [] : [path]));
}

function attribute(tag: string, name: string): string[] {
  const value = new RegExp(`\\b${name}="?([^"\\s>]+)`, "i").exec(tag)?.[1];
  return value === undefined ? [] : [value];
}

async function transferredBytes(url: string): Promise<number> {
  const headers = { "Accept-Encoding": "gzip" };
  const response = await fetch(url, { headers, decompress: false });
  if (!response.ok) throw new Error(`Cannot weigh ${url}: ${response.status}`);
  return (await response.arrayBuffer()).byteLength;
}
