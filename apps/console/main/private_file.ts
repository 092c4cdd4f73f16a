/**
 * Files that are there whole or not at all, and that nobody else on the machine may read.
 *
 * @module
 */

import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Reads a file; `null` where there is none. */
export async function readPrivateFile(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw cause;
  }
}

/** Writes a file beside its place, and then puts it there. */
export async function writePrivateFile(path: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const waiting = `${path}.new`;
  const file = await open(waiting, "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(waiting, path);
}

/** Removes a file, if it is there. */
export async function removePrivateFile(path: string): Promise<void> {
  await rm(path, { force: true });
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}
