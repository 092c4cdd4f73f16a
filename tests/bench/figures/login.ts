/**
 * Password logins, beside bare verifications of the same hash on the same cores.
 *
 * @module
 */

import { Database } from "bun:sqlite";
import type { Bench } from "../bench.ts";
import { type CountingChild, startCountingChild } from "../counting_child.ts";
import { PASSWORD } from "../postern/account.ts";
import { databasePath, startPostern } from "../postern/start_postern.ts";
import type { Measurement } from "../report/row.ts";
import { type Contestant, runOneTurn, summarize, type Turn, warmingFor } from "./_run_in_turns.ts";
import { loginRequests } from "./_wire.ts";

/** Callers at once: more than the cores can verify at a time, fewer than would be turned away. */
const CALLERS = 64;

/** A round of logins is longer than others: an answer takes at least a tenth of a second. */
const ROUND_FACTOR = 1.5;

/** Measures logins a second. */
export async function measureLogin(bench: Bench): Promise<readonly Measurement[]> {
  await using stack = new AsyncDisposableStack();
  const { cores, home, rounds } = bench;
  const server = await startPostern({ cores, on: cores.all, folder: home.folder });
  stack.defer(() => server.stop());
  const floors = await startVerifiers(bench);
  stack.defer(async () => void (await Promise.all(floors.map((floor) => floor.close()))));
  const requests = await loginRequests(server.url, home.accounts);
  const contestant: Contestant = { name: "ours", server, load: loginLoad(requests) };
  const times = { warmUpMs: rounds.roundMs / 2, durationMs: rounds.roundMs * ROUND_FACTOR };
  await runOneTurn(bench, { contestant }, warmingFor(rounds.firstMs));
  const turns: Turn[] = [];
  const verifications: number[] = [];
  for (let round = 0; round < rounds.count; round += 1) {
    turns.push(await runOneTurn(bench, { contestant }, times));
    const counts = await Promise.all(floors.map((floor) => floor.perSecond(times.durationMs)));
    verifications.push(counts.reduce((sum, count) => sum + count, 0));
    bench.say(`  bare verifications: ${Math.round(verifications.at(-1) ?? 0)}/s`);
  }
  const { perSecond, note } = summarize(contestant, turns);
  return [{ figure: "login", values: perSecond, floors: verifications, notes: [note] }];
}

/** The load of many people who sign in at once. */
export function loginLoad(requests: readonly string[]): Contestant["load"] {
  return { requests, pace: { kind: "closed", connections: CALLERS }, next: "next_of_list" };
}

/** One a core, each verifying a hash that our server stored. */
async function startVerifiers({ cores, home }: Bench): Promise<readonly CountingChild[]> {
  const args = [storedHash(home.folder), PASSWORD];
  const floor = "argon2_verifications";
  return await Promise.all(
    cores.all.map((core) => startCountingChild({ cores, on: [core], floor, args })),
  );
}

function storedHash(folder: string): string {
  const database = new Database(databasePath(folder), { readonly: true });
  const row = database
    .query<{ password_hash: string }, []>("SELECT password_hash FROM users LIMIT 1")
    .get();
  database.close();
  return row?.password_hash ?? "";
}
