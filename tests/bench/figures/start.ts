/**
 * Time from starting the process to reading that it listens, on a database that is there.
 *
 * @module
 */

import type { Bench } from "../bench.ts";
import { startPostern } from "../postern/start_postern.ts";
import type { Measurement } from "../report/row.ts";
import { floorScript, type ServerChild, startServerChild } from "../server_child.ts";

/** Measures milliseconds. The first start of each is not counted: it may read from the disk. */
export async function measureStart(bench: Bench): Promise<readonly Measurement[]> {
  const { cores, home, folder } = bench;
  const values: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round <= bench.rounds.starts; round += 1) {
    values.push(await time(await startPostern({ cores, on: cores.all, folder: home.folder })));
    const script = floorScript("bare_start");
    floors.push(await time(await startServerChild({ cores, on: cores.all, script, folder })));
    bench.say(`  ours: ${values.at(-1)?.toFixed(0)} ms; bare: ${floors.at(-1)?.toFixed(0)} ms`);
  }
  return [{ figure: "start", values: values.slice(1), floors: floors.slice(1) }];
}

async function time(server: ServerChild): Promise<number> {
  await server.stop();
  return server.startedInMs;
}
