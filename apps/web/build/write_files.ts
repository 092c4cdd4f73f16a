/**
 * Writes the files of a bundle, each with its compressed forms beside it.
 *
 * @module
 */

import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Manifest, ManifestAsset } from "../manifest.ts";

/** A file to be served. */
export interface ServedFile {
  /** Path on the server, and below `dist/`. */
  readonly path: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly isImmutable: boolean;
}

/** A file below this saves nothing by being compressed. */
const COMPRESS_MIN_BYTES = 512;

/** Writes files below a folder. Names hold hashes, so one that is there already is left alone. */
export async function writeFiles(
  dist: string,
  files: readonly ServedFile[],
): Promise<Readonly<Record<string, ManifestAsset>>> {
  await mkdir(`${dist}assets`, { recursive: true });
  const assets: Record<string, ManifestAsset> = {};
  for (const { path, type, bytes, isImmutable } of files) {
    const file = path.slice(1);
    const isCompressed = bytes.length >= COMPRESS_MIN_BYTES;
    assets[path] = { file, type, bytes: bytes.length, isCompressed, isImmutable };
    const target = `${dist}${file}`;
    if (isImmutable && (await Bun.file(target).exists())) continue;
    if (isCompressed) {
      await Bun.write(`${target}.br`, compressBrotli(bytes));
      await Bun.write(`${target}.gz`, gzipSync(bytes, { level: 9 }));
    }
    await Bun.write(target, bytes);
  }
  return assets;
}

function compressBrotli(bytes: Uint8Array): Uint8Array {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

/** Puts the manifest in place last and at once, so that nobody reads one without its files. */
export async function writeManifest(dist: string, manifest: Manifest): Promise<void> {
  const waiting = `${dist}manifest.json.${process.pid}`;
  await Bun.write(waiting, JSON.stringify(manifest));
  await rename(waiting, `${dist}manifest.json`);
}

/** Removes what neither of two manifests names; the older one may still be in use by a server. */
export async function removeStale(dist: string, manifests: readonly Manifest[]): Promise<void> {
  const kept = new Set(
    manifests.flatMap((manifest) => Object.values(manifest.assets).map((asset) => asset.file)),
  );
  for (const name of await readdir(`${dist}assets`)) {
    const file = `assets/${name.replace(/\.(br|gz)$/, "")}`;
    if (!kept.has(file)) await rm(`${dist}assets/${name}`, { force: true });
  }
}
