/**
 * What a process has cost so far, as the system knows it.
 *
 * @see proc_pid_stat(5), proc_pid_status(5)
 * @module
 */

import { readFileSync } from "node:fs";

/** The clock of `utime` and `stime`: 100 Hz on every Linux that Bun runs on. */
const MS_PER_TICK = 10;

const KIB_PER_MIB = 1_024;

/** Where utime is among the fields that follow the program's name. */
const USER_TICKS_AT = 11;

/** Time that all its threads have computed, milliseconds; nothing where the system does not tell. */
export function cpuMsOf(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[USER_TICKS_AT]) + Number(fields[USER_TICKS_AT + 1])) * MS_PER_TICK;
}

/** Memory that it holds, MiB. */
export function residentMibOf(pid: number): number {
  if (process.platform === "linux") {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1]) / KIB_PER_MIB;
  }
  const { stdout } = Bun.spawnSync(["ps", "-o", "rss=", "-p", String(pid)]);
  return Number(stdout.toString().trim()) / KIB_PER_MIB;
}
