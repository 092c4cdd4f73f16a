/**
 * What a process holds, as the system knows it.
 *
 * @see proc_pid_status(5), proc_pid_fd(5)
 * @module
 */

import { readdirSync, readFileSync } from "node:fs";
import type { Sample } from "./growth.ts";

const KIB_PER_MIB = 1_024;

/** Looks at a process; nothing where it is gone, or the system does not tell. */
export function readSample(pid: number): Sample | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const read = (name: string) =>
      Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(status)?.[1] ?? Number.NaN);
    return {
      at: performance.now(),
      pid,
      residentMib: read("VmRSS") / KIB_PER_MIB,
      files: readdirSync(`/proc/${pid}/fd`).length,
      threads: read("Threads"),
    };
  } catch {
    return undefined;
  }
}
