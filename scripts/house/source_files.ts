/**
 * The source files of the house.
 *
 * What a check must have read, before it may say that all is well.
 *
 * @module
 */

import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** The repository's root folder. */
export const ROOT: string = resolve(import.meta.dir, "../..");

/** The folders that hold workspaces. */
export const FOLDERS: readonly string[] = ["apps", "packages", "scripts", "tests"];

const NOT_OURS = ["node_modules", "dist"];

/**
 * Lists all .ts and .tsx files, sorted, relative to a root.
 *
 * @param root Where the workspaces are.
 */
export function sourceFiles(root: string): string[] {
  return FOLDERS.flatMap((folder) => walk(root, folder)).sort();
}

function walk(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      return NOT_OURS.includes(entry.name) || entry.name.startsWith(".") ? [] : walk(root, path);
    }
    return /[.]tsx?$/.test(entry.name) ? [path] : [];
  });
}
