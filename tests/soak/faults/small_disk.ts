/**
 * A file system of its own for the database, which can be filled: ext4 in a file, so that what is durable
 * costs what it costs.
 *
 * @module
 */

import { mkdirSync, rmSync, statfsSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A file system that is mounted. */
export interface SmallDisk {
  /** Takes all the room that is left. */
  fill(): void;
  /** Gives it back. */
  free(): void;
  unmount(): void;
}

const SIZE_BYTES = 2_147_483_648;
const FILLER = "filler";
const CHUNK_BYTES = 4_194_304;

/** Why there is none here; nothing where there can be one. */
export function whyNoSmallDisk(): string | undefined {
  if (process.platform !== "linux") return "only Linux mounts a file";
  if (process.getuid?.() !== 0) return "to mount a file takes root";
  const missing = ["mkfs.ext4", "mount", "umount", "fallocate"].find((name) => !Bun.which(name));
  return missing === undefined ? undefined : `${missing} is missing`;
}

/**
 * Mounts one.
 *
 * @param image File that is made for it.
 * @param at Folder that is made for it.
 * @returns Why it could not be, in words.
 */
export function mountSmallDisk(image: string, at: string): SmallDisk | string {
  writeFileSync(image, "");
  truncateSync(image, SIZE_BYTES);
  mkdirSync(at, { recursive: true });
  for (const command of [
    ["mkfs.ext4", "-q", "-m", "0", image],
    ["mount", "-o", "loop", image, at],
  ]) {
    const { exitCode, stderr } = Bun.spawnSync(command);
    if (exitCode !== 0) return `${command[0]} answered ${stderr.toString().trim()}`;
  }
  const filler = join(at, FILLER);
  return {
    fill: () => fillWith(filler, at),
    free: () => rmSync(filler, { force: true }),
    unmount() {
      if (Bun.spawnSync(["umount", at]).exitCode !== 0) Bun.spawnSync(["umount", "-l", at]);
      rmSync(image, { force: true });
    },
  };
}

/** Most of it at once, and then block by block what others may have taken or left meanwhile. */
function fillWith(filler: string, at: string): void {
  const { bavail, bsize } = statfsSync(at);
  const most = Math.max(0, bavail * bsize - CHUNK_BYTES);
  Bun.spawnSync(["fallocate", "-l", String(Math.max(most, bsize)), filler]);
  for (let bytes = CHUNK_BYTES; bytes >= bsize; ) {
    const grown = Bun.spawnSync(["dd", "if=/dev/zero", `of=${filler}`, `bs=${bytes}`, ...APPEND]);
    if (grown.exitCode !== 0) bytes /= 2;
  }
}

const APPEND = ["count=1", "oflag=append", "conv=notrunc"];
