/**
 * First pages of an administrator's lists in a large database, beside the same in one of 10,000 sessions
 * and events: the procedures themselves, without HTTP, which would hide what they cost.
 *
 * The large database takes minutes to make, so it is kept (`.cache/bench`), and made anew when the
 * tables change. What is told is the list with the worst ratio; none may take 50 ms.
 *
 * @module
 */

import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Role } from "@postern/auth";
import { epochMs } from "@postern/std";
import { type Administration, openAdministrationOf } from "../../support/administration.ts";
import { type Bench, makeFolder } from "../bench.ts";
import { databasePath } from "../postern/start_postern.ts";
import type { Measurement } from "../report/row.ts";
import { median } from "../report/statistics.ts";
import { type SeedSize, seedDatabase } from "../seed/seed_database.ts";

const ROOT = resolve(import.meta.dir, "../../..");
const KEPT = join(ROOT, ".cache/bench");
const MIGRATIONS = join(ROOT, "packages/db/migrations");

const SMALL: SeedSize = { users: 1_000, sessions: 10_000, events: 10_000 };

/** Longest that any of them may take, milliseconds. DESIGN, "What is measured". */
const LONGEST_MS = 50;

/** Calls of each list in a round; the median counts. */
const CALLS = 15;

const SAY_EVERY_MS = 2_000;

/** By the name of the list: a median of each round. */
type Times = Record<string, { readonly large: number[]; readonly small: number[] }>;

type Procedures = ReturnType<Administration["as"]>;

/** Every list, plain and searched. Some searches find nothing, which is what makes a walk long. */
const LISTS: Readonly<Record<string, (ask: Procedures) => Promise<unknown>>> = {
  overview: (ask) => ask.overview.summary(),
  users: (ask) => ask.users.list({}),
  "users by word": (ask) => ask.users.list({ query: "seeded-777" }),
  "users by role": (ask) => ask.users.list({ query: "role:owner" }),
  "users blocked": (ask) => ask.users.list({ query: "state:blocked" }),
  sessions: (ask) => ask.sessions.list({}),
  "sessions of a user": (ask) => ask.sessions.list({ query: "user:seeded-500" }),
  "sessions by network": (ask) => ask.sessions.list({ query: "ip:10.7.0.0/16" }),
  "sessions of nobody's network": (ask) => ask.sessions.list({ query: "ip:203.0.113.0/24" }),
  "sessions by device": (ask) => ask.sessions.list({ query: "device:firefox" }),
  "sessions of no device": (ask) => ask.sessions.list({ query: "device:toaster" }),
  events: (ask) => ask.audit.list({}),
  "events of a user": (ask) => ask.audit.list({ query: "user:seeded-500" }),
  "events by action": (ask) => ask.audit.list({ query: "action:failed_login" }),
  "events of no action": (ask) => ask.audit.list({ query: "action:password_reset" }),
  "events by network": (ask) => ask.audit.list({ query: "ip:10.7.0.0/16" }),
  "events of nobody's address": (ask) => ask.audit.list({ query: "ip:203.0.113.9" }),
  "events refused lately": (ask) => ask.audit.list({ query: "success:false since:2h" }),
  "events by word": (ask) => ask.audit.list({ query: "toaster" }),
  providers: (ask) => ask.providers.list(),
  limits: (ask) => ask.limits.list(),
  addresses: (ask) => ask.limits.listBlockedAddresses({}),
  secrets: (ask) => ask.secrets.list(),
};

/** Measures them. */
export async function measureLists(bench: Bench): Promise<readonly Measurement[]> {
  await using large = await openAdministrationOf(await findLarge(bench));
  await using small = await openAdministrationOf(await makeSmall(bench));
  const callers = { large: await callerOf(large), small: await callerOf(small) };
  const times: Times = Object.fromEntries(
    Object.keys(LISTS).map((name) => [name, { large: [], small: [] }]),
  );
  for (let round = 0; round < bench.rounds.count; round += 1) {
    for (const [name, list] of Object.entries(LISTS)) {
      times[name]?.large.push(await medianOf(() => list(callers.large)));
      times[name]?.small.push(await medianOf(() => list(callers.small)));
    }
  }
  return [reportOf(bench.listSize, times)];
}

function reportOf(size: SeedSize, times: Times): Measurement {
  const ratios = Object.entries(times).map(([name, { large, small }]) => ({
    name,
    ms: median(large),
    ratio: median(large) / median(small),
  }));
  const [worst] = ratios.toSorted((a, b) => b.ratio - a.ratio);
  const slow = ratios.filter(({ ms }) => ms >= LONGEST_MS);
  const told = ratios.map(
    ({ name, ms, ratio }) => `${name} ${ms.toFixed(1)} ms ${ratio.toFixed(1)}x`,
  );
  return {
    figure: "lists",
    values: times[worst?.name ?? ""]?.large ?? [],
    floors: times[worst?.name ?? ""]?.small ?? [],
    notes: [
      `${size.users} users, ${size.sessions} sessions, ${size.events} events; worst: ${worst?.name}`,
      slow.length === 0
        ? `all under ${LONGEST_MS} ms`
        : `over ${LONGEST_MS} ms: ${slow.map(({ name }) => name).join(", ")}`,
      told.join(", "),
    ],
  };
}

async function callerOf(administration: Administration): Promise<Procedures> {
  administration.now = epochMs(Date.now());
  const role: Role = "owner";
  const { store } = administration.core;
  const owner =
    (await store.findUserByUsername("bench-owner")) ??
    (await administration.addUser("bench-owner", { role }));
  return administration.as(owner);
}

async function medianOf(call: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < CALLS; count += 1) {
    const from = performance.now();
    await call();
    times.push(performance.now() - from);
  }
  return median(times);
}

async function makeSmall(bench: Bench): Promise<string> {
  const folder = await makeFolder(bench.folder, "small");
  await cp(bench.home.folder, folder, { recursive: true });
  seedDatabase(databasePath(folder), SMALL, () => undefined);
  return databasePath(folder);
}

/** The kept one, or a new one, which is kept once it is whole. */
async function findLarge(bench: Bench): Promise<string> {
  const { users, sessions, events } = bench.listSize;
  const version = readdirSync(MIGRATIONS).filter((name) => name.endsWith(".sql")).length;
  const kept = join(KEPT, `${users}-${sessions}-${events}-${version}`);
  if (existsSync(kept)) return databasePath(kept);
  const folder = `${kept}.part-${process.pid}`;
  mkdirSync(KEPT, { recursive: true });
  await cp(bench.home.folder, folder, { recursive: true });
  let saidAt = performance.now();
  seedDatabase(databasePath(folder), bench.listSize, (what, done) => {
    if (performance.now() - saidAt < SAY_EVERY_MS) return;
    saidAt = performance.now();
    bench.say(`  seeded ${done} of ${bench.listSize[what]} ${what}`);
  });
  renameSync(folder, kept);
  return databasePath(kept);
}
