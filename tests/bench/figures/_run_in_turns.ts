/**
 * Loads servers in turns: first one, then the next, round after round.
 *
 * So what the machine does beside is shared out among them.
 *
 * @module
 */

import type { Bench } from "../bench.ts";
import type { LoadJob, LoadOutcome } from "../load/job.ts";
import { median } from "../report/statistics.ts";
import type { ServerChild } from "../server_child.ts";
import { cpuMsOf } from "./_process_cost.ts";

/** A server and the load for it. */
export interface Contestant {
  readonly name: string;
  readonly server: ServerChild;
  readonly load: Pick<LoadJob, "requests" | "pace" | "next">;
}

/** A contestant, and how it goes on where requests follow from answers. */
export interface Lane {
  readonly contestant: Contestant;
  followUps?: readonly string[];
}

/** How a server did in one round. */
export interface Turn {
  readonly outcome: LoadOutcome;
  /** Processor time for one answer, microseconds; NaN where the system does not tell. */
  readonly cpuUs: number;
}

/** How a server did in all rounds. */
export interface Turns {
  /** Answers a second, a number a round. */
  readonly perSecond: readonly number[];
  /** What it cost, in words. */
  readonly note: string;
}

/** How long a turn is. */
export interface TurnTimes {
  readonly warmUpMs: number;
  readonly durationMs: number;
}

/** From this share on, the generator may be what is measured. */
const BUSY_FROM = 0.9;

/** What counts of a turn that does not count. */
const WARMED_MS = 1;

/** Runs the rounds; the results are in the order of the contestants. */
export async function runInTurns(
  bench: Bench,
  contestants: readonly Contestant[],
): Promise<readonly Turns[]> {
  const { count, firstMs, warmUpMs, roundMs } = bench.rounds;
  const lanes: Lane[] = contestants.map((contestant) => ({ contestant }));
  for (const lane of lanes) await runOneTurn(bench, lane, warmingFor(firstMs));
  const turns: Turn[][] = lanes.map(() => []);
  for (let round = 0; round < count; round += 1) {
    for (const [at, lane] of lanes.entries()) {
      turns[at]?.push(await runOneTurn(bench, lane, { warmUpMs, durationMs: roundMs }));
    }
  }
  return contestants.map((contestant, at) => summarize(contestant, turns[at] ?? []));
}

/** A turn that only warms a server up: next to nothing of it counts. */
export function warmingFor(firstMs: number): TurnTimes {
  return { warmUpMs: firstMs, durationMs: WARMED_MS };
}

/** Runs one round of one contestant. Throws where an answer is not 200. */
export async function runOneTurn(bench: Bench, lane: Lane, times: TurnTimes): Promise<Turn> {
  const { server, load, name } = lane.contestant;
  const { hostname, port } = server.url;
  const requests = lane.followUps ?? load.requests;
  const job: LoadJob = { ...load, ...times, requests, hostname, port: Number(port) };
  const cpuBefore = cpuMsOf(server.pid) ?? Number.NaN;
  const outcome = await bench.generator.run(job);
  const cpuMs = (cpuMsOf(server.pid) ?? Number.NaN) - cpuBefore;
  if (load.next === "refreshed") lane.followUps = outcome.followUps;
  if (Object.keys(outcome.statuses).some((status) => status !== "200")) {
    throw new Error(`Cannot measure ${name}: it answered ${JSON.stringify(outcome.statuses)}`);
  }
  if (times.durationMs > WARMED_MS) bench.say(`  ${name}: ${Math.round(outcome.perSecond)}/s`);
  const answers = (outcome.perSecond * (times.warmUpMs + times.durationMs)) / 1_000;
  return { outcome, cpuUs: (cpuMs / answers) * 1_000 };
}

/** Puts the rounds of a contestant together. */
export function summarize(contestant: Contestant, turns: readonly Turn[]): Turns {
  const perSecond = turns.map(({ outcome }) => outcome.perSecond);
  return { perSecond, note: `${contestant.name}: ${costOf(turns)}` };
}

function costOf(turns: readonly Turn[]): string {
  const words: string[] = [];
  const cpuUs = median(turns.map((turn) => turn.cpuUs));
  if (Number.isFinite(cpuUs)) words.push(`${Math.round(cpuUs)} µs of processor time each`);
  const p50 = median(turns.map(({ outcome }) => outcome.latencyMs.p50));
  const p99 = median(turns.map(({ outcome }) => outcome.latencyMs.p99));
  words.push(`p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`);
  const busy = Math.max(...turns.map(({ outcome }) => outcome.generatorBusy));
  words.push(`load generator up to ${Math.round(busy * 100)} % busy`);
  if (busy > BUSY_FROM) words.push("so it may be the load generator that was measured");
  return words.join("; ");
}
