/**
 * Which processor cores there are, and how a program is kept on some of them.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

/** How the cores are shared out. */
export interface Cores {
  /** All that this process may use. */
  readonly all: readonly number[];
  /** Where the server runs whose one core is measured. */
  readonly server: readonly number[];
  /** Where load is made. */
  readonly load: readonly number[];
  /** Whether programs can be kept on cores here. */
  readonly canPin: boolean;
}

/** Finds the cores. With one, everything runs on it. */
export function findCores(): Cores {
  const all = readAllowed() ?? Array.from({ length: availableParallelism() }, (_, core) => core);
  const canPin = process.platform === "linux" && Bun.which("taskset") !== null;
  return { all, server: all.slice(0, 1), load: all.slice(-1), canPin };
}

/** The command line that runs a program on some cores; the program as it is where that cannot be done. */
export function onCores(cores: Cores, those: readonly number[], command: string[]): string[] {
  return cores.canPin ? ["taskset", "-c", those.join(","), ...command] : command;
}

/**
 * Reads a list of cores as Linux writes it, such as `0-2,5`.
 *
 * @returns Nothing where it is not such a list.
 */
export function parseCoreList(text: string): readonly number[] | undefined {
  const cores: number[] = [];
  for (const part of text.trim().split(",")) {
    const range = /^(\d+)(?:-(\d+))?$/.exec(part);
    if (range === null) return undefined;
    const first = Number(range[1]);
    const last = Number(range[2] ?? range[1]);
    for (let core = first; core <= last; core += 1) cores.push(core);
  }
  return cores;
}

function readAllowed(): readonly number[] | undefined {
  if (process.platform !== "linux") return undefined;
  const status = readFileSync("/proc/self/status", "utf8");
  return parseCoreList(/^Cpus_allowed_list:\s*(.*)$/m.exec(status)?.[1] ?? "");
}
