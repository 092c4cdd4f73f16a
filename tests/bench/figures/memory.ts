/**
 * Memory that a server holds when it has started and nobody has called yet.
 *
 * @module
 */

import type { Bench } from "../bench.ts";
import { startPostern } from "../postern/start_postern.ts";
import type { Measurement } from "../report/row.ts";
import { floorScript, type ServerChild, startServerChild } from "../server_child.ts";
import { residentMibOf } from "./_process_cost.ts";

/** Time after which what the start left behind is gone, or stays. */
const SETTLE_MS = 3_000;

/** Measures MiB. */
export async function measureMemory(bench: Bench): Promise<readonly Measurement[]> {
  const { cores, home, folder } = bench;
  const values: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round < Math.ceil(bench.rounds.count / 2); round += 1) {
    values.push(await weigh(await startPostern({ cores, on: cores.all, folder: home.folder })));
    const script = floorScript("bare_start");
    floors.push(await weigh(await startServerChild({ cores, on: cores.all, script, folder })));
    bench.say(`  ours: ${values.at(-1)?.toFixed(1)} MiB; bare: ${floors.at(-1)?.toFixed(1)} MiB`);
  }
  return [{ figure: "memory", values, floors }];
}

async function weigh(server: ServerChild): Promise<number> {
  await Bun.sleep(SETTLE_MS);
  const mib = residentMibOf(server.pid);
  await server.stop();
  return mib;
}
