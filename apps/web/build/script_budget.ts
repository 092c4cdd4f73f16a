/**
 * Holds the sign-in page to its weight.
 *
 * @module
 */

import type { Manifest } from "../manifest.ts";
import type { PageName } from "../page_list.ts";

/** Most bytes of compressed script that the sign-in page may load. Its floor is in DESIGN, "What is measured". */
export const SIGN_IN_SCRIPT_LIMIT_BYTES = 150 * 1_024;

/** Weight of a page's script, in bytes. */
export interface ScriptWeight {
  readonly raw: number;
  readonly brotli: number;
  readonly gzip: number;
}

/** Weighs all script that a page loads before it can be used: the entry, its imports, the page's own. */
export async function weighScripts(
  dist: string,
  manifest: Manifest,
  page: PageName,
): Promise<ScriptWeight> {
  const weight = { raw: 0, brotli: 0, gzip: 0 };
  const { script, imports } = manifest.entry;
  for (const path of [script, ...imports, ...manifest.pages[page]]) {
    const asset = manifest.assets[path];
    if (asset === undefined) throw new Error(`Cannot weigh ${path}: the manifest lacks it`);
    const file = `${dist}${asset.file}`;
    weight.raw += asset.bytes;
    weight.brotli += asset.isCompressed ? Bun.file(`${file}.br`).size : asset.bytes;
    weight.gzip += asset.isCompressed ? Bun.file(`${file}.gz`).size : asset.bytes;
  }
  return weight;
}
