/**
 * First pages of an administrator's lists in a large database, beside the same in one of 10,000 sessions
 * and events: the procedures themselves, without HTTP, which would hide what they cost.
 *
 * The large database takes minutes to make, so it is kept (`.cache/bench`), and made anew when the
 * tables change. What is told is the list with the worst ratio; none may take 50 ms.
 *
 * @module
 */

import { cp } from "node:fs/promises";
import type { Role } from "@postern/auth";
import { epochMs } from "@postern/std";
import { type Administration, openAdministrationOf } from "../../support/administration.ts";
import { type Bench, makeFolder } from "../bench.ts";
import { databasePath } from "../postern/start_postern.ts";
import type { Measurement } from "../report/row.ts";
import { median } from "../report/statistics.ts";
import { keepSeeded } from "../seed/keep_seeded.ts";
import { type SeedSize, seedDatabase } from "../seed/seed_database.ts";

const SMALL: SeedSize = { users: 1_000, sessions: 10_000, events: 10_000 };

/** Longest that any of them may take, milliseconds. DESIGN, "What is measured". */
const LONGEST_MS = 50;

/** Calls of each list in a round; the median counts. */
const CALLS = 15;

/** By the name of the list: a median of each round. */
type Times = Record<string, ListTimes>;

interface ListTimes {
  /** How many of its items were asked for, where not a page of them. */
  readonly limit: number | null;
  readonly large: number[];
  readonly small: number[];
  /** Of a whole page, where that is longer. */
  readonly page: number[];
}

type Procedures = ReturnType<Administration["as"]>;

/** What differs between the databases: a word that a page of users has, and how long the page is. */
interface Asked {
  readonly word: string;
  readonly limit?: number;
}

/** Items of a page, where nobody asks for more or fewer. CONTRACT, "Answers". */
const PAGE = 50;

/** A hundred users or more have it, in each: the numbers that begin with its digits. */
const WORDS = { large: "seeded-777", small: "seeded-7" } as const;

/** Every list, plain and searched. Some searches find nothing, which is what makes a walk long. */
const LISTS: Readonly<Record<string, (ask: Procedures, asked: Asked) => Promise<unknown>>> = {
  overview: (ask) => ask.overview.summary(),
  users: (ask, { limit }) => ask.users.list({ limit }),
  "users by word": (ask, { word, limit }) => ask.users.list({ query: word, limit }),
  "users by no word": (ask, { limit }) => ask.users.list({ query: "seeded-zzz", limit }),
  "users by role": (ask, { limit }) => ask.users.list({ query: "role:owner", limit }),
  "users blocked": (ask, { limit }) => ask.users.list({ query: "state:blocked", limit }),
  sessions: (ask, { limit }) => ask.sessions.list({ limit }),
  ...searches("sessions", {
    "of a user": "user:seeded-500",
    "by network": "ip:10.7.0.0/16",
    "of nobody's network": "ip:203.0.113.0/24",
    "by device": "device:firefox",
    "of no device": "device:toaster",
  }),
  events: (ask, { limit }) => ask.audit.list({ limit }),
  ...searches("events", {
    "of a user": "user:seeded-500",
    "by action": "action:failed_login",
    "of no action": "action:password_reset",
    "by network": "ip:10.7.0.0/16",
    "of nobody's address": "ip:203.0.113.9",
    "refused lately": "success:false since:2h",
    "by word": "toaster",
  }),
  providers: (ask) => ask.providers.list(),
  limits: (ask) => ask.limits.list(),
  addresses: (ask) => ask.limits.listBlockedAddresses({}),
  secrets: (ask) => ask.secrets.list(),
};

/** Searches of one list, by what they are for. */
function searches(of: "sessions" | "events", queries: Readonly<Record<string, string>>) {
  const area = of === "sessions" ? "sessions" : "audit";
  const pairs = Object.entries(queries).map(([name, query]) => {
    const list = (ask: Procedures, { limit }: Asked) => ask[area].list({ query, limit });
    return [`${of} ${name}`, list] as const;
  });
  return Object.fromEntries(pairs);
}

/** Measures them. */
export async function measureLists(bench: Bench): Promise<readonly Measurement[]> {
  await using large = await openAdministrationOf(
    databasePath(await keepSeeded(bench, bench.listSize)),
  );
  await using small = await openAdministrationOf(await makeSmall(bench));
  const callers = { large: await callerOf(large), small: await callerOf(small) };
  const times: Times = {};
  for (const [name, list] of Object.entries(LISTS)) {
    const lengths = [
      lengthOf(await list(callers.large, { word: WORDS.large })),
      lengthOf(await list(callers.small, { word: WORDS.small })),
    ];
    const [shorter, longer] = [Math.min(...lengths), Math.max(...lengths)];
    const limit = shorter === longer || shorter === 0 ? null : shorter;
    times[name] = { limit, large: [], small: [], page: [] };
  }
  for (let round = 0; round < bench.rounds.count; round += 1) {
    for (const [name, list] of Object.entries(LISTS)) {
      const lists = times[name];
      if (lists === undefined) continue;
      const limit = lists.limit ?? PAGE;
      const asked = { large: { word: WORDS.large, limit }, small: { word: WORDS.small, limit } };
      lists.large.push(await medianOf(() => list(callers.large, asked.large)));
      lists.small.push(await medianOf(() => list(callers.small, asked.small)));
      if (limit === PAGE) continue;
      lists.page.push(await medianOf(() => list(callers.large, { word: WORDS.large })));
    }
  }
  return [reportOf(bench.listSize, times)];
}

function lengthOf(found: unknown): number {
  const { items } = (found ?? {}) as { readonly items?: readonly unknown[] };
  return items?.length ?? 0;
}

function reportOf(size: SeedSize, times: Times): Measurement {
  const ratios = Object.entries(times).map(([name, { large, small, page, limit }]) => ({
    name: limit === null ? name : `${name} (${limit} of them)`,
    of: { large, small },
    ms: median(page.length > 0 ? page : large),
    ratio: median(large) / median(small),
  }));
  const [worst] = ratios.toSorted((a, b) => b.ratio - a.ratio);
  const slow = ratios.filter(({ ms }) => ms >= LONGEST_MS);
  const told = ratios.map(
    ({ name, ms, ratio }) => `${name} ${ms.toFixed(1)} ms ${ratio.toFixed(1)}x`,
  );
  return {
    figure: "lists",
    values: worst?.of.large ?? [],
    floors: worst?.of.small ?? [],
    notes: [
      `${size.users} users, ${size.sessions} sessions, ${size.events} events; worst: ${worst?.name}`,
      "Both databases give as many items: a page, or as many as the small one has; the milliseconds are a page's",
      slow.length === 0
        ? `all under ${LONGEST_MS} ms`
        : `over ${LONGEST_MS} ms: ${slow.map(({ name }) => name).join(", ")}`,
      told.join(", "),
    ],
  };
}

/** Times the first page of each list once more than it takes to warm up. Milliseconds, by name. */
export async function timeLists(path: string): Promise<Readonly<Record<string, number>>> {
  await using administration = await openAdministrationOf(path);
  const caller = await callerOf(administration);
  const times: Record<string, number> = {};
  for (const [name, list] of Object.entries(LISTS)) {
    times[name] = await medianOf(() => list(caller, { word: WORDS.small }));
  }
  const twoWords = () => caller.users.list({ query: "seeded-55 seeded-44" });
  return { ...times, "users by two words of nobody": await medianOf(twoWords) };
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
