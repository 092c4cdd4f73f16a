/**
 * One hash of everything that the build reads, to tell whether its files are stale.
 *
 * @module
 */

import { Glob } from "bun";

const ROOT = new URL("../../../", import.meta.url).pathname;
const FOLDERS = ["apps/web", "packages/ui", "packages/client", "packages/wire", "packages/std"];
const SOURCES = new Glob("**/*.{ts,tsx,css,json}");

/** Hashes the sources of the pages, the versions they are built with, and Bun's own. */
export async function hashInputs(): Promise<string> {
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
