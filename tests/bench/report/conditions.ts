/**
 * Under what conditions the figures were measured.
 *
 * @module
 */

import { readFileSync, statfsSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import type { Bench } from "../bench.ts";
import type { Options } from "../read_options.ts";
import { floorScript, startServerChild } from "../server_child.ts";

/** Type of file systems that live in memory, on Linux. */
const TMPFS = 0x01021994;

const BYTES_PER_GIB = 1_073_741_824;

const CEILING_CONNECTIONS = 32;

/** From this load on, other programs take part in what is measured. */
const BUSY_LOAD = 1;

/** Writes down the machine, what was changed for the measurement, and what the load generator can do. */
export async function describeConditions(bench: Bench, options: Options): Promise<string[]> {
  const [busy = 0] = loadBefore;
  return [
    `${machine()}; Bun ${Bun.version}`,
    `${pinning(bench)}; ${rounds(bench)}; medians`,
    "Every limit on and counting, but raised out of reach, since a load is what limits refuse",
    await ceiling(bench),
    ...(statfsSync(bench.folder).type === TMPFS
      ? [
          "The temporary folder is in memory: what is durable costs nothing here, so refresh and login say little",
        ]
      : []),
    ...(busy > BUSY_LOAD
      ? [`Other programs were running: the load was ${busy.toFixed(1)} at the start`]
      : []),
    ...(options.isQuick ? ["Quick: short rounds, rough figures"] : []),
  ];
}

const loadBefore = loadavg();

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const memory = `${(totalmem() / BYTES_PER_GIB).toFixed(0)} GiB`;
  return `${cpus().length} × ${model}, ${memory}, ${process.platform} ${release()}`;
}

function release(): string {
  if (process.platform !== "linux") return process.arch;
  return readFileSync("/proc/sys/kernel/osrelease", "utf8").trim();
}

function pinning({ cores }: Bench): string {
  if (!cores.canPin) return "Not kept on cores: taskset is missing";
  return `Server on core ${cores.server.join(",")}, load on core ${cores.load.join(",")}; logins and refreshes on all`;
}

function rounds({ rounds: { count, roundMs } }: Bench): string {
  return `${count} rounds in turns of ${roundMs / 1_000} s`;
}

/** What the load generator reaches against the least that a server can do. */
async function ceiling(bench: Bench): Promise<string> {
  const { cores, folder, generator, rounds: times } = bench;
  const script = floorScript("bare_serve");
  const server = await startServerChild({ cores, on: cores.server, script, folder });
  const { hostname, port, host } = server.url;
  const outcome = await generator.run({
    hostname,
    port: Number(port),
    requests: [`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`],
    pace: { kind: "closed", connections: CEILING_CONNECTIONS },
    next: "next_of_list",
    warmUpMs: times.warmUpMs,
    durationMs: times.roundMs,
  });
  await server.stop();
  const busy = Math.round(outcome.generatorBusy * 100);
  return `The load generator reaches ${Math.round(outcome.perSecond)} requests/s against a bare Bun.serve, ${busy} % busy`;
}
