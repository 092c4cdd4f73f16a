/**
 * The chat: messages that arrive, what a connection that says nothing costs, and how soon connections end.
 *
 * @module
 */

import { endMatchingSessions, type OperatorActor } from "@postern/auth";
import { openCore } from "@postern/server/compose.ts";
import { readConfig } from "@postern/server/config.ts";
import type { Bench } from "../bench.ts";
import { startCrowd } from "../chat/crowd.ts";
import { seat, upgradeRequest } from "../chat/seats.ts";
import type { Account } from "../postern/account.ts";
import { databasePath, startPostern } from "../postern/start_postern.ts";
import type { Measurement } from "../report/row.ts";
import { median } from "../report/statistics.ts";
import { floorScript, type ServerChild, startServerChild } from "../server_child.ts";
import { cpuMsOf, residentMibOf } from "./_process_cost.ts";

const MEMBERS = 50;
const SPEAKERS = 20;

/** Messages that each has under way: as many as keep the server busy. */
const UNDER_WAY = 25;

/** Connections that say nothing. */
const IDLE = 10_000;
const PER_ACCOUNT = 100;
const PER_TABLE = 10;
const SESSIONS = IDLE / PER_ACCOUNT;

/** What opening connections left behind is gone once memory falls no more for so long, or after the most. */
const SETTLED = { forMs: 4_000, mostMs: 30_000, lookEveryMs: 500, fallMib: 0.25 } as const;

/** So that connections may come from addresses of their own. */
const ENV = { TRUSTED_PROXIES: "127.0.0.1/32" };

const KIB_PER_MIB = 1_024;

/** Measures messages that arrive a second, KiB a connection, and milliseconds. */
export async function measureChat(bench: Bench): Promise<readonly Measurement[]> {
  const wanted = bench.figures;
  return [
    ...(wanted.has("chat") ? [await measureDelivery(bench)] : []),
    ...(wanted.has("socket_memory") ? [await measureSocketMemory(bench)] : []),
    ...(wanted.has("revoke") ? [await measureRevoke(bench)] : []),
  ];
}

async function measureDelivery(bench: Bench): Promise<Measurement> {
  await using stack = new AsyncDisposableStack();
  const { cores, home, rounds } = bench;
  const ours = await startOurs(bench, stack);
  const floor = await startFloor(bench, stack);
  const [people, floorPeople] = [await startCrowd(cores), await startCrowd(cores)];
  stack.defer(() => people.close());
  stack.defer(() => floorPeople.close());
  const members = home.accounts.slice(0, MEMBERS);
  await people.connect(ours.url, await seat(ours.url, { members, each: 1 }));
  await floorPeople.connect(floor.url, bareRequests(floor.url, MEMBERS));
  const speech = { speakers: SPEAKERS, underWay: UNDER_WAY };
  const warming = { ...speech, warmUpMs: rounds.firstMs, durationMs: 1 };
  await people.speak(warming);
  await floorPeople.speak(warming);
  const values: number[] = [];
  const floors: number[] = [];
  const times = { ...speech, warmUpMs: rounds.warmUpMs, durationMs: rounds.roundMs };
  for (let round = 0; round < rounds.count; round += 1) {
    values.push(await people.speak(times));
    floors.push(await floorPeople.speak(times));
    bench.say(
      `  ours: ${Math.round(values.at(-1) ?? 0)}/s; bare: ${Math.round(floors.at(-1) ?? 0)}/s`,
    );
  }
  return { figure: "chat", values, floors };
}

async function measureSocketMemory(bench: Bench): Promise<Measurement> {
  const values: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round < Math.ceil(bench.rounds.count / 2); round += 1) {
    await using stack = new AsyncDisposableStack();
    const ours = await startOurs(bench, stack);
    const requests = await seatAll(ours, bench.home.accounts);
    values.push(await weigh(bench, ours, requests));
    const floor = await startFloor(bench, stack);
    floors.push(await weigh(bench, floor, bareRequests(floor.url, IDLE)));
    bench.say(
      `  ours: ${values.at(-1)?.toFixed(2)} KiB; bare: ${floors.at(-1)?.toFixed(2)} KiB a connection`,
    );
  }
  return { figure: "socket_memory", values, floors };
}

/** What each connection adds, KiB. */
async function weigh(
  { cores }: Bench,
  server: ServerChild,
  requests: readonly string[],
): Promise<number> {
  const people = await startCrowd(cores);
  await people.connect(server.url, requests.slice(0, PER_ACCOUNT));
  const before = await settledMib(server.pid);
  const more = requests.slice(PER_ACCOUNT);
  await people.connect(server.url, more);
  const after = await settledMib(server.pid);
  await people.close();
  return ((after - before) * KIB_PER_MIB) / more.length;
}

async function settledMib(pid: number): Promise<number> {
  let least = residentMibOf(pid);
  const endsAt = performance.now() + SETTLED.mostMs;
  for (let fellAt = performance.now(); performance.now() - fellAt < SETTLED.forMs; ) {
    await Bun.sleep(SETTLED.lookEveryMs);
    const now = residentMibOf(pid);
    if (now < least - SETTLED.fallMib && performance.now() < endsAt) fellAt = performance.now();
    least = Math.min(least, now);
  }
  return least;
}

async function measureRevoke(bench: Bench): Promise<Measurement> {
  const { cores, home } = bench;
  const values: number[] = [];
  const costs: number[] = [];
  for (let round = 0; round < Math.ceil(bench.rounds.count / 2); round += 1) {
    await using stack = new AsyncDisposableStack();
    const ours = await startOurs(bench, stack);
    const people = await startCrowd(cores);
    stack.defer(() => people.close());
    await people.connect(ours.url, await seatAll(ours, home.accounts));
    const closed = people.allClosed();
    const cpuBefore = cpuMsOf(ours.pid) ?? Number.NaN;
    const began = await endAll(home.folder);
    values.push((await closed) - began);
    costs.push((cpuMsOf(ours.pid) ?? Number.NaN) - cpuBefore);
    bench.say(`  ${Math.round(values.at(-1) ?? 0)} ms`);
  }
  const cost = `${Math.round(median(costs))} ms of the server's processor time`;
  const note = `${cost}; up to 200 ms pass until the server looks for what another process did`;
  return { figure: "revoke", values, floors: [], notes: [note] };
}

const OPERATOR: OperatorActor = {
  type: "operator",
  username: "bench",
  requestId: "-",
  ip: null,
  userAgent: null,
};

/** A query that every session matches. */
const ALL = "since:90d";

/** Ends every session, by another process than the server, as the operator's commands do. Gives when it began to. */
async function endAll(folder: string): Promise<number> {
  const config = readConfig({ DATABASE_URL: `file:${databasePath(folder)}` });
  if (!config.ok) throw new Error(config.error.join("\n"));
  const core = await openCore(config.value);
  if (!core.ok) throw new Error(core.error.message);
  const began = Date.now();
  const ended = await endMatchingSessions(core.value, OPERATOR, { query: ALL, isDryRun: false });
  await core.value.close();
  if (!ended.ok || ended.value.ended < SESSIONS) {
    throw new Error(`Cannot end all sessions: ${JSON.stringify(ended)}`);
  }
  return began;
}

async function seatAll(server: ServerChild, accounts: readonly Account[]): Promise<string[]> {
  const requests: string[] = [];
  const seated = accounts.slice(0, SESSIONS);
  for (let at = 0; at < seated.length; at += PER_TABLE) {
    const members = seated.slice(at, at + PER_TABLE);
    requests.push(...(await seat(server.url, { members, each: PER_ACCOUNT })));
  }
  return requests;
}

async function startOurs(bench: Bench, stack: AsyncDisposableStack): Promise<ServerChild> {
  const { cores, home } = bench;
  const server = await startPostern({ cores, on: cores.server, folder: home.folder, env: ENV });
  stack.defer(() => server.stop());
  return server;
}

async function startFloor(bench: Bench, stack: AsyncDisposableStack): Promise<ServerChild> {
  const { cores, folder } = bench;
  const script = floorScript("bare_chat");
  const server = await startServerChild({ cores, on: cores.server, script, folder });
  stack.defer(() => server.stop());
  return server;
}

function bareRequests(url: URL, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => upgradeRequest(url, "/", index));
}
