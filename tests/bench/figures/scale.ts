/**
 * `GET me` and login in a large database, beside the same in a small one.
 *
 * @module
 */

import { cp } from "node:fs/promises";
import { type Bench, makeFolder } from "../bench.ts";
import type { Account } from "../postern/account.ts";
import { databasePath, startPostern } from "../postern/start_postern.ts";
import type { FigureName } from "../report/figure.ts";
import type { Measurement } from "../report/row.ts";
import { seedDatabase } from "../seed/seed_database.ts";
import { seededAccount } from "../seed/seed_users.ts";
import type { ServerChild } from "../server_child.ts";
import { type Contestant, runInTurns } from "./_run_in_turns.ts";
import { getRequest, loginRequests, ME_PATH, signInAll } from "./_wire.ts";
import { loginLoad } from "./login.ts";

const CALLERS = 32;

/** People who sign in, from all over the database. */
const LOGIN_ACCOUNTS = 2_000;

/** Measures both, or the one that is wanted. */
export async function measureScale(bench: Bench): Promise<readonly Measurement[]> {
  await using stack = new AsyncDisposableStack();
  const { cores, home } = bench;
  const folder = await makeLarge(bench);
  const measured: Measurement[] = [];
  for (const [figure, prepare, on] of [
    ["me_at_scale", prepareMe, cores.server],
    ["login_at_scale", prepareLogin, cores.all],
  ] as const) {
    if (!bench.figures.has(figure)) continue;
    const small = await startPostern({ cores, on, folder: home.folder });
    stack.defer(() => small.stop());
    const large = await startPostern({ cores, on, folder });
    stack.defer(() => large.stop());
    const contestants = [
      await prepare("large", large, spread(bench.size.users)),
      await prepare("small", small, home.accounts),
    ];
    measured.push(await compare(bench, figure, contestants));
  }
  return measured;
}

async function compare(
  bench: Bench,
  figure: FigureName,
  contestants: readonly Contestant[],
): Promise<Measurement> {
  const [large, small] = await runInTurns(bench, contestants);
  if (large === undefined || small === undefined)
    throw new TypeError("Cannot compare less than two");
  const { users, events } = bench.size;
  const notes = [`${users} users and ${events} events`, large.note, small.note];
  return { figure, values: large.perSecond, floors: small.perSecond, notes };
}

/** Copies the small database and fills the copy. */
async function makeLarge(bench: Bench): Promise<string> {
  const folder = await makeFolder(bench.folder, "large");
  await cp(bench.home.folder, folder, { recursive: true });
  let saidAt = performance.now();
  seedDatabase(databasePath(folder), bench.size, (what, done) => {
    const isDone = done === bench.size[what];
    if (!isDone && performance.now() - saidAt < SAY_EVERY_MS) return;
    saidAt = performance.now();
    bench.say(`  seeded ${done} of ${bench.size[what]} ${what}`);
  });
  return folder;
}

const SAY_EVERY_MS = 2_000;

/** Accounts from all over the seeded users. */
function spread(users: number): readonly Account[] {
  const count = Math.min(users, LOGIN_ACCOUNTS);
  return Array.from({ length: count }, (_, index) =>
    seededAccount(Math.floor((index * users) / count)),
  );
}

async function prepareMe(
  name: string,
  server: ServerChild,
  accounts: readonly Account[],
): Promise<Contestant> {
  const cookies = await signInAll(server.url, accounts.slice(0, CALLERS));
  const requests = cookies.map((cookie) => getRequest(server.url, { path: ME_PATH, cookie }));
  const pace = { kind: "closed", connections: CALLERS } as const;
  return { name, server, load: { requests, pace, next: "next_of_list" } };
}

async function prepareLogin(
  name: string,
  server: ServerChild,
  accounts: readonly Account[],
): Promise<Contestant> {
  return { name, server, load: loginLoad(await loginRequests(server.url, accounts)) };
}
