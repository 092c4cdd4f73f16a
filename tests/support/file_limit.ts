/**
 * How many files a process may have open, which each connection is one of.
 *
 * @module
 */

import { readFileSync } from "node:fs";

/** Kept for what is no connection. */
const BESIDE = 500;

/** Asks the system to let processes have so many connections. @returns how many they may have, at most those. */
export function allowConnections(wanted: number, ...pids: readonly number[]): number {
  const files = wanted + BESIDE;
  for (const pid of pids) {
    if (limitOf(pid) >= files || Bun.which("prlimit") === null) continue;
    Bun.spawnSync(["prlimit", "--pid", String(pid), `--nofile=${files}:${files}`]);
  }
  return Math.min(wanted, ...pids.map((pid) => limitOf(pid) - BESIDE));
}

function limitOf(pid: number): number {
  if (process.platform !== "linux") return Number.POSITIVE_INFINITY;
  const limits = readFileSync(`/proc/${pid}/limits`, "utf8");
  const soft = /^Max open files\s+(\S+)/m.exec(limits)?.[1];
  return soft === "unlimited" ? Number.POSITIVE_INFINITY : Number(soft);
}
