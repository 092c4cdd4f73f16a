/**
 * Reads what the build left, for the server to serve.
 *
 * @module
 */

import { DIST, type Manifest, type ManifestAsset } from "./manifest.ts";
import { PAGE_LIST, type PageEntry, pageOf } from "./page_list.ts";
import { type ShellSettings, writeShell } from "./shell.ts";

/** One file, as the server needs it. */
export interface Asset {
  /** Absolute path of the file, and of its compressed forms, where there are any. */
  readonly file: string;
  readonly brotli: string | undefined;
  readonly gzip: string | undefined;
  /** The `Content-Type`. */
  readonly type: string;
  /** Whether the name changes with the content, so that it may be kept for ever. */
  readonly isImmutable: boolean;
}

/** What a shell is asked for with. */
export interface ShellRequest {
  /** Fresh for every answer; the same as in its policy. */
  readonly nonce: string;
  /** The request's path. One that is no page gets the page that says so. */
  readonly path: string;
  readonly settings: ShellSettings;
}

/** The pages, ready to serve. */
export interface Pages {
  /** All pages, with exact paths. */
  readonly list: readonly PageEntry[];
  /** Files by their path on the server. */
  readonly assets: ReadonlyMap<string, Asset>;
  /** Writes the HTML of a page. */
  renderShell(request: ShellRequest): string;
}

/**
 * Loads the pages. Throws where they were never built.
 *
 * @param dist Folder that the build wrote to, with a slash at its end.
 */
export async function loadPages(dist: string = DIST): Promise<Pages> {
  const file = Bun.file(`${dist}manifest.json`);
  if (!(await file.exists())) {
    throw new Error(`Cannot serve the pages: ${dist}manifest.json is missing, build them first`);
  }
  const manifest = (await file.json()) as Manifest;
  return {
    list: PAGE_LIST,
    assets: new Map(
      Object.entries(manifest.assets).map(([path, asset]) => [path, assetOf(dist, asset)]),
    ),
    renderShell({ nonce, path, settings }) {
      const { name, title } = pageOf(path);
      const fullTitle = title === "Postern" ? title : `${title} · Postern`;
      return writeShell(manifest, { nonce, page: name, title: fullTitle, settings });
    },
  };
}

function assetOf(dist: string, asset: ManifestAsset): Asset {
  const file = `${dist}${asset.file}`;
  return {
    file,
    brotli: asset.isCompressed ? `${file}.br` : undefined,
    gzip: asset.isCompressed ? `${file}.gz` : undefined,
    type: asset.type,
    isImmutable: asset.isImmutable,
  };
}
