/**
 * Each figure that can depend on how large the database is, at 10,000, 100,000 and a million users.
 *
 * Without floors: a line that stays level is the goal.
 *
 * @module
 */

import type { Bench } from "../bench.ts";
import { takeRefreshToken } from "../postern/account.ts";
import { databasePath, startPostern } from "../postern/start_postern.ts";
import type { Series } from "../report/series.ts";
import { median } from "../report/statistics.ts";
import { keepSeeded } from "../seed/keep_seeded.ts";
import { seededAccount } from "../seed/seed_users.ts";
import type { ServerChild } from "../server_child.ts";
import { residentMibOf } from "./_process_cost.ts";
import { type Contestant, runOneTurn, warmingFor } from "./_run_in_turns.ts";
import { getRequest, loginRequests, ME_PATH, refreshRequest, signInAll } from "./_wire.ts";
import { timeLists } from "./lists.ts";
import { loginLoad } from "./login.ts";

const USERS = [10_000, 100_000, 1_000_000] as const;

/** Of each user. */
const EVENTS_EACH = 3;

const CALLERS = 32;
const LOGIN_ACCOUNTS = 500;
const STARTS = 3;
const ROUNDS = 3;

/** Time after which what the start left behind is gone, or stays. */
const SETTLE_MS = 2_000;

/** Lists that are drawn, beside the slowest. */
const DRAWN_LISTS = ["users by word", "users by two words of nobody", "sessions", "events"];

type Point = readonly [name: string, unit: string, value: number];

/** Measures them at each size. */
export async function measureGrowth(bench: Bench): Promise<readonly Series[]> {
  const series = new Map<string, { unit: string; points: [number, number][] }>();
  for (const users of USERS) {
    bench.say(`growth: ${users} users`);
    const size = { users, sessions: users, events: users * EVENTS_EACH };
    for (const [name, unit, value] of await measureAt(
      bench,
      await keepSeeded(bench, size),
      users,
    )) {
      const one = series.get(name) ?? { unit, points: [] };
      series.set(name, one);
      one.points.push([users, value]);
      bench.say(`  ${name}: ${value.toFixed(1)} ${unit}`);
    }
  }
  return [...series].map(([name, { unit, points }]) => ({ name, unit, points }));
}

async function measureAt(bench: Bench, folder: string, users: number): Promise<readonly Point[]> {
  const points: Point[] = [];
  const starts: number[] = [];
  for (let start = 0; start <= STARTS; start += 1) {
    const server = await startPostern({ cores: bench.cores, on: bench.cores.all, folder });
    starts.push(server.startedInMs);
    if (start === STARTS) {
      await Bun.sleep(SETTLE_MS);
      points.push(["resident memory after start", "MiB", residentMibOf(server.pid)]);
    }
    await server.stop();
  }
  points.push(["start to listening", "ms", median(starts.slice(1))]);
  const server = await startPostern({ cores: bench.cores, on: bench.cores.all, folder });
  try {
    points.push(...(await measureServer(bench, server, users)));
  } finally {
    await server.stop();
  }
  const lists = await timeLists(databasePath(folder));
  const slowest = Object.entries(lists).toSorted(([, a], [, b]) => b - a)[0];
  points.push(["slowest of an administrator's lists", "ms", slowest?.[1] ?? 0]);
  for (const name of DRAWN_LISTS) points.push([`list of ${name}`, "ms", lists[name] ?? 0]);
  return points;
}

async function measureServer(
  bench: Bench,
  server: ServerChild,
  users: number,
): Promise<readonly Point[]> {
  const accounts = Array.from({ length: LOGIN_ACCOUNTS }, (_, index) =>
    seededAccount(Math.floor((index * users) / LOGIN_ACCOUNTS)),
  );
  const callers = accounts.slice(0, CALLERS);
  const { url } = server;
  const cookies = await signInAll(url, callers);
  const tokens = await Promise.all(callers.map((account) => takeRefreshToken(url, account)));
  const pace = { kind: "closed", connections: CALLERS } as const;
  const me = cookies.map((cookie) => getRequest(url, { path: ME_PATH, cookie }));
  const refreshes = tokens.map((token) => refreshRequest(url, token));
  const loads: readonly (readonly [string, Contestant["load"]])[] = [
    ["GET me, warm", { requests: me, pace, next: "next_of_list" }],
    ["refresh", { requests: refreshes, pace, next: "refreshed" }],
    ["password login", loginLoad(await loginRequests(url, accounts))],
  ];
  const points: Point[] = [];
  for (const [name, load] of loads) {
    const lane = { contestant: { name, server, load } };
    const { warmUpMs, roundMs: durationMs } = bench.rounds;
    await runOneTurn(bench, lane, warmingFor(bench.rounds.firstMs));
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rates.push((await runOneTurn(bench, lane, { warmUpMs, durationMs })).outcome.perSecond);
    }
    points.push([name, "a second", median(rates)]);
  }
  return points;
}
