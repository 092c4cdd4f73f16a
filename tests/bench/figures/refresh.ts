/**
 * Refreshing, 32 callers at once, beside durable transactions one after another.
 *
 * @module
 */

import { join } from "node:path";
import type { Bench } from "../bench.ts";
import { startCountingChild } from "../counting_child.ts";
import { inGroups } from "../in_groups.ts";
import { type Account, takeRefreshToken } from "../postern/account.ts";
import { startPostern } from "../postern/start_postern.ts";
import type { Measurement } from "../report/row.ts";
import { type Lane, runOneTurn, summarize, type Turn, warmingFor } from "./_run_in_turns.ts";
import { refreshRequest } from "./_wire.ts";

/** Connections, each with a request under way. */
const CALLERS = 32;

/** Sessions of a connection, refreshed in turn: real ones do it four times an hour, not fifty times a second. */
const SESSIONS_OF_CALLER = 20;

/** Measures refreshes a second. */
export async function measureRefresh(bench: Bench): Promise<readonly Measurement[]> {
  await using stack = new AsyncDisposableStack();
  const { cores, home, rounds } = bench;
  const server = await startPostern({ cores, on: cores.all, folder: home.folder });
  stack.defer(() => server.stop());
  const args = [join(bench.folder, "durable_rows.db")];
  const floor = await startCountingChild({ cores, on: cores.server, floor: "durable_rows", args });
  stack.defer(() => floor.close());
  const sessions = Array.from({ length: CALLERS * SESSIONS_OF_CALLER }, (_, index) => index);
  const tokens = await inGroups(sessions, CALLERS, (index) =>
    takeRefreshToken(server.url, accountAt(home.accounts, index)),
  );
  const requests = tokens.map((token) => refreshRequest(server.url, token));
  const pace = { kind: "closed", connections: CALLERS } as const;
  const lane: Lane = {
    contestant: { name: "ours", server, load: { requests, pace, next: "refreshed" } },
  };
  await runOneTurn(bench, lane, warmingFor(rounds.firstMs));
  const turns: Turn[] = [];
  const floors: number[] = [];
  for (let round = 0; round < rounds.count; round += 1) {
    const times = { warmUpMs: rounds.warmUpMs, durationMs: rounds.roundMs };
    turns.push(await runOneTurn(bench, lane, times));
    floors.push(await floor.perSecond(rounds.roundMs));
    bench.say(`  one after another: ${Math.round(floors.at(-1) ?? 0)}/s`);
  }
  const { perSecond, note } = summarize(lane.contestant, turns);
  return [{ figure: "refresh", values: perSecond, floors, notes: [note] }];
}

function accountAt(accounts: readonly Account[], index: number): Account {
  const account = accounts[index % accounts.length];
  if (account === undefined) throw new RangeError("Cannot refresh: there are no accounts");
  return account;
}
