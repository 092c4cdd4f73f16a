/**
 * What the build leaves for the server to read: which files there are, and which a page needs.
 *
 * @module
 */

import type { PageName } from "./page_list.ts";

/** One file to serve. */
export interface ManifestAsset {
  /** File below `dist/`. */
  readonly file: string;
  /** The `Content-Type` to serve it with. */
  readonly type: string;
  readonly bytes: number;
  /** Whether `<file>.br` and `<file>.gz` stand beside it. */
  readonly isCompressed: boolean;
  /** Set where the name holds a hash of the content. */
  readonly isImmutable: boolean;
}

/** The module that starts the pages, what it imports, and the sheet of all pages. */
export interface EntryFiles {
  readonly script: string;
  readonly style: string;
  readonly imports: readonly string[];
}

/** The whole of `dist/manifest.json`. */
export interface Manifest {
  /** Hash of everything that the build read; another one means that the files are stale. */
  readonly inputs: string;
  /** By path on the server. */
  readonly assets: Readonly<Record<string, ManifestAsset>>;
  readonly entry: EntryFiles;
  /** Scripts that each page loads beside the entry's. */
  readonly pages: Readonly<Record<PageName, readonly string[]>>;
  /** Runs in the head before anything is painted, and sets the colour scheme. */
  readonly schemeScript: string;
  readonly pageColors: { readonly light: string; readonly dark: string };
}

/** Where the build leaves its files. */
export const DIST = new URL("./dist/", import.meta.url).pathname;
