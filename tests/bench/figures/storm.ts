/**
 * How long `GET me` takes while ten times as many people sign in as the server can take.
 *
 * Both loads keep to a schedule, so that a slow answer holds back no other request. They are made by
 * processes of their own, so that the storm does not delay the one whose answers are timed.
 *
 * @module
 */

import type { Bench } from "../bench.ts";
import type { LoadJob, LoadOutcome } from "../load/job.ts";
import { type LoadGenerator, startLoadGenerator } from "../load/load_generator.ts";
import { startPostern } from "../postern/start_postern.ts";
import type { Measurement } from "../report/row.ts";
import { median } from "../report/statistics.ts";
import type { ServerChild } from "../server_child.ts";
import { runOneTurn } from "./_run_in_turns.ts";
import { getRequest, loginRequests, ME_PATH, signInAll } from "./_wire.ts";
import { loginLoad } from "./login.ts";

const CALLERS = 32;

/** Requests a second whose time is taken. */
const PROBES_PER_S = 500;

/** How many times capacity. */
const STORM_FACTOR = 10;

/** Connections of those who sign in: as many as can wait for an answer at once. */
const STORM_CONNECTIONS_MAX = 8_000;

/** A round is longer than others: one answer in a hundred is what is looked at. */
const ROUND_FACTOR = 2;

/** Time after which the storm has filled every queue. */
const STORM_WARM_UP_MS = 1_500;

/** Measures the ninety-ninth percentile, milliseconds. */
export async function measureStorm(bench: Bench): Promise<readonly Measurement[]> {
  await using stack = new AsyncDisposableStack();
  const { cores, home, rounds } = bench;
  const server = await startPostern({ cores, on: cores.all, folder: home.folder });
  stack.defer(() => server.stop());
  const stormer = await startLoadGenerator(cores, cores.load);
  stack.defer(() => stormer.close());
  const cookies = await signInAll(server.url, home.accounts.slice(0, CALLERS));
  const probes = cookies.map((cookie) => getRequest(server.url, { path: ME_PATH, cookie }));
  const logins = await loginRequests(server.url, home.accounts);
  const capacity = await measureCapacity(bench, server, logins);
  const scene: Scene = {
    bench,
    server,
    stormer,
    probes,
    logins,
    perSecond: capacity * STORM_FACTOR,
  };
  await probe(scene, rounds.firstMs);
  const idle: LoadOutcome[] = [];
  const stormy: LoadOutcome[] = [];
  const answered: string[] = [];
  for (let round = 0; round < rounds.count; round += 1) {
    idle.push(await probe(scene, rounds.roundMs * ROUND_FACTOR));
    const { timed, storm } = await probeInStorm(scene, rounds.roundMs * ROUND_FACTOR);
    stormy.push(timed);
    answered.push(JSON.stringify(storm.statuses));
    bench.say(
      `  p99 ${p99(timed).toFixed(2)} ms in the storm, ${p99(idle.at(-1)).toFixed(2)} ms idle`,
    );
  }
  const notes = [
    `capacity ${Math.round(capacity)} logins/s; storm of ${Math.round(scene.perSecond)}/s, answered ${answered.at(-1)}`,
    `p50 ${median(stormy.map(({ latencyMs }) => latencyMs.p50)).toFixed(2)} ms in the storm, ` +
      `${median(idle.map(({ latencyMs }) => latencyMs.p50)).toFixed(2)} ms idle`,
  ];
  return [{ figure: "storm", values: stormy.map(p99), floors: idle.map(p99), notes }];
}

interface Scene {
  readonly bench: Bench;
  readonly server: ServerChild;
  /** Another generator than the bench's. */
  readonly stormer: LoadGenerator;
  readonly probes: readonly string[];
  readonly logins: readonly string[];
  /** Logins of the storm a second. */
  readonly perSecond: number;
}

async function measureCapacity(
  bench: Bench,
  server: ServerChild,
  logins: readonly string[],
): Promise<number> {
  const contestant = { name: "capacity", server, load: loginLoad(logins) };
  const { warmUpMs, roundMs } = bench.rounds;
  const { outcome } = await runOneTurn(bench, { contestant }, { warmUpMs, durationMs: roundMs });
  return outcome.perSecond;
}

async function probe(scene: Scene, durationMs: number): Promise<LoadOutcome> {
  const { bench, probes } = scene;
  const pace = { kind: "open", perSecond: PROBES_PER_S, connectionsMax: CALLERS } as const;
  const times = { warmUpMs: bench.rounds.warmUpMs, durationMs };
  return await bench.generator.run(jobOf(scene, { requests: probes, pace, ...times }));
}

async function probeInStorm(scene: Scene, durationMs: number) {
  const { stormer, logins, perSecond, bench } = scene;
  const pace = { kind: "open", perSecond, connectionsMax: STORM_CONNECTIONS_MAX } as const;
  const times = { warmUpMs: STORM_WARM_UP_MS, durationMs: durationMs + bench.rounds.warmUpMs };
  const storm = stormer.run(jobOf(scene, { requests: logins, pace, ...times }));
  await Bun.sleep(STORM_WARM_UP_MS);
  const timed = await probe(scene, durationMs);
  return { timed, storm: await storm };
}

function jobOf(
  { server }: Scene,
  load: Pick<LoadJob, "requests" | "pace" | "warmUpMs" | "durationMs">,
): LoadJob {
  const { hostname, port } = server.url;
  return { ...load, hostname, port: Number(port), next: "next_of_list" };
}

function p99(outcome: LoadOutcome | undefined): number {
  return outcome?.latencyMs.p99 ?? Number.NaN;
}
