/**
 * The soak: gathers everybody, measures what they can do, has them do 70 % of it while things break, and
 * looks everything up at the end.
 *
 * @module
 */

import { type Cast, gatherCast, sizeFor } from "./cast.ts";
import { type Checked, checkLedger } from "./check_ledger.ts";
import { FAULTS, type PlannedFault, planFaults } from "./faults/fault_plan.ts";
import { runFault } from "./faults/run_fault.ts";
import { holdsMore, type Sample } from "./growth.ts";
import { Ledger } from "./ledger.ts";
import type { Options } from "./read_options.ts";
import { readSample } from "./read_sample.ts";
import { openStage, type Stage } from "./stage.ts";
import { Traffic } from "./traffic.ts";
import { Trouble } from "./trouble.ts";
import type { World } from "./world.ts";

/** What came of it. */
export interface Soaked {
  readonly options: Options;
  readonly capacity: number;
  readonly rate: number;
  readonly traffic: Traffic;
  readonly trouble: Trouble;
  readonly ledger: Ledger;
  readonly checked: Checked;
  readonly leftOut: Readonly<Record<string, string>>;
  /** Of the last process, from when the last fault was over. */
  readonly samples: readonly Sample[];
  /** Of a process that has seen nobody, and of that one when everybody had left; nothing where it cannot be told. */
  readonly fresh: Sample | undefined;
  readonly left: Sample | undefined;
  /** Share of its time that this process computed. */
  readonly ownBusy: number;
  readonly delivered: number;
}

/** Of what was measured. The rest is for what comes in bursts. */
const LOAD_SHARE = 0.7;

/** For measuring capacity: how many act at once, and for which share of the time, within bounds. */
const LANES = 48;
const CAPACITY_SHARE = 0.08;
const CAPACITY_LEAST_MS = 3_000;
const CAPACITY_MOST_MS = 60_000;

const SAMPLE_EVERY_MS = 1_000;
const RECOVERS_WITHIN_MS = 60_000;
const BACK_SHARE = 0.98;
const STOPS_WITHIN_MS = 10_000;

/** Connections that nobody uses are closed after 30 s. */
const LEFT_WITHIN_MS = 75_000;

/** Runs it. */
export async function runSoak(options: Options, say: (text: string) => void): Promise<Soaked> {
  const stage = await openStage(options.sockets);
  try {
    return await soakOn(stage, options, say);
  } finally {
    await stage.close();
  }
}

async function soakOn(
  stage: Stage,
  options: Options,
  say: (text: string) => void,
): Promise<Soaked> {
  const [ledger, trouble] = [new Ledger(), new Trouble()];
  const { deployment } = stage;
  const fresh = readSample(deployment.server.pid);
  const world: World = {
    deployment,
    ledger,
    isTroubled: () => trouble.isOn,
    wasClockStepped: () => trouble.wasClockStepped,
    now: () => Date.now() + stage.clock.offsetMs,
  };
  say(`gathering people and ${options.sockets} sockets`);
  const cast = await gatherCast(world, sizeFor(options.sockets));
  const traffic = trafficOf(world, cast);
  const measureMs = options.durationMs * CAPACITY_SHARE;
  const capacityMs = Math.min(CAPACITY_MOST_MS, Math.max(CAPACITY_LEAST_MS, measureMs));
  say(`measuring capacity for ${Math.round(capacityMs / 1_000)} s`);
  await trafficOf(world, cast).runClosed(LANES, capacityMs / 2);
  const capacity = await trafficOf(world, cast).runClosed(LANES, capacityMs);
  const rate = capacity * LOAD_SHARE;
  say(`capacity ${Math.round(capacity)} acts/s; ${Math.round(rate)}/s from now on`);
  const before = process.cpuUsage();
  const startedAt = performance.now();
  const samples = await soak({ stage, world, cast, traffic, trouble, options, say }, rate);
  const own = process.cpuUsage(before);
  const ownBusy = (own.user + own.system) / 1_000 / (performance.now() - startedAt);
  say("everybody leaves");
  const left = await leave({ stage, world, cast, traffic }, fresh);
  say("looking up what was acknowledged");
  const { programs, crowd, box } = cast;
  const checked = await checkLedger(world, { programs, crowd, box });
  const delivered = cast.crowd.seats.reduce((sum, seat) => sum + seat.delivered, 0);
  const { leftOut } = stage;
  const found = { options, capacity, rate, traffic, trouble, ledger, checked, leftOut };
  return { ...found, samples, left, fresh, ownBusy, delivered };
}

function trafficOf(world: World, { acts }: Cast): Traffic {
  return new Traffic(acts, {
    isTroubled: world.isTroubled,
    onTrouble(kind, outcome, wasTroubled) {
      if (outcome.as === "odd") world.ledger.breaks(`${kind}: ${outcome.detail}`);
      if (outcome.as === "failed" && !wasTroubled) {
        world.ledger.breaks(`${kind}, while nothing was broken: ${outcome.detail}`);
      }
    },
  });
}

interface Soaking {
  readonly stage: Stage;
  readonly world: World;
  readonly cast: Cast;
  readonly traffic: Traffic;
  readonly trouble: Trouble;
  readonly options: Options;
  readonly say: (text: string) => void;
}

/** Gives the samples of the last process since the last fault. */
async function soak(soaking: Soaking, rate: number): Promise<readonly Sample[]> {
  const { stage, traffic, trouble, options } = soaking;
  const possible = FAULTS.filter((name) => stage.leftOut[name] === undefined);
  const plan = planFaults(options.durationMs, possible);
  const startedAt = performance.now();
  const ends = new AbortController();
  const samples: Sample[] = [];
  const sampling = setInterval(() => {
    const sample = trouble.isOn ? undefined : readSample(stage.deployment.server.pid);
    if (sample !== undefined) samples.push(sample);
  }, SAMPLE_EVERY_MS);
  const running = traffic.runOpen(rate, ends.signal);
  for (const fault of plan) {
    await Bun.sleep(Math.max(0, startedAt + fault.from - performance.now()));
    await haveFault(soaking, fault, startedAt);
  }
  const calmFrom = performance.now();
  const leastEnd = startedAt + options.durationMs;
  await Bun.sleep(Math.max(0, leastEnd - performance.now()));
  ends.abort();
  await running;
  clearInterval(sampling);
  const { pid } = stage.deployment.server;
  return samples.filter((sample) => sample.pid === pid && sample.at >= calmFrom);
}

async function haveFault(soaking: Soaking, fault: PlannedFault, startedAt: number): Promise<void> {
  const { stage, world, cast, trouble, say } = soaking;
  const from = performance.now();
  trouble.begin(fault.name);
  await runFault(stage, fault);
  const mendedAt = performance.now();
  const isBack = await recover(stage, cast);
  const recoveredInS = isBack ? (performance.now() - mendedAt) / 1_000 : null;
  const [atS, lastedS] = [(from - startedAt) / 1_000, (mendedAt - from) / 1_000];
  trouble.end({ name: fault.name, atS, lastedS, recoveredInS });
  say(`  ${Math.round(atS)} s: ${fault.name}, back after ${recoveredInS?.toFixed(1) ?? "never"} s`);
  if (isBack) return;
  world.ledger.breaks(`A minute after ${fault.name} the server was not as before`);
  await stage.deployment.restart();
  await recover(stage, cast);
}

/** Waits until the server says that it is ready, and the members of the chat are connected. */
async function recover(stage: Stage, cast: Cast): Promise<boolean> {
  const deadline = performance.now() + RECOVERS_WITHIN_MS;
  while (performance.now() < deadline) {
    const ready = await stage.deployment
      .visitor()
      .get("/readyz")
      .catch(() => null);
    if (ready?.status === 200) break;
    await Bun.sleep(100);
  }
  return await cast.crowd.untilReady(BACK_SHARE, Math.max(0, deadline - performance.now()));
}

/** Everybody leaves; the server is stopped, and started anew. */
async function leave(
  { stage, world, cast, traffic }: Pick<Soaking, "stage" | "world" | "cast" | "traffic">,
  fresh: Sample | undefined,
): Promise<Sample | undefined> {
  const { deployment } = stage;
  while (traffic.underWay > 0) await Bun.sleep(20);
  cast.crowd.leave();
  const left = await settle(stage, fresh);
  const stopFrom = performance.now();
  const code = await deployment.server.stop();
  const tookMs = performance.now() - stopFrom;
  if (code !== 0) world.ledger.breaks(`The server ended with ${code}`);
  if (tookMs > STOPS_WITHIN_MS) world.ledger.breaks(`Stopping took ${Math.round(tookMs)} ms`);
  const [integrity] = deployment.sql<{ integrity_check: string }>("PRAGMA integrity_check");
  if (integrity?.integrity_check !== "ok") {
    world.ledger.breaks(`The database is damaged: ${integrity?.integrity_check}`);
  }
  // As if the time were over after which a mail is tried again.
  deployment.sql("UPDATE outbox SET due_at = ? WHERE sent_at IS NULL", Date.now());
  await deployment.restart();
  stage.allowConnections();
  return left;
}

/** Waits until the files are let go of that people held, and looks again. */
async function settle(stage: Stage, fresh: Sample | undefined): Promise<Sample | undefined> {
  const { pid } = stage.deployment.server;
  const deadline = performance.now() + LEFT_WITHIN_MS;
  let sample = readSample(pid);
  while (performance.now() < deadline && holdsMore(sample, fresh)) {
    await Bun.sleep(SAMPLE_EVERY_MS);
    sample = readSample(pid);
  }
  return sample;
}
