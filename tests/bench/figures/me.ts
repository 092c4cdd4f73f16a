/**
 * `GET me` beside a bare route, and beside Better Auth.
 *
 * @module
 */

import { join } from "node:path";
import { type Bench, makeFolder } from "../bench.ts";
import type { BareAnswer } from "../floors/bare_elysia.ts";
import type { BetterAuthSetup } from "../floors/better_auth.ts";
import { APP_ORIGIN, startPostern } from "../postern/start_postern.ts";
import type { FigureName } from "../report/figure.ts";
import type { Measurement } from "../report/row.ts";
import { median } from "../report/statistics.ts";
import { floorScript, type ServerChild, startServerChild } from "../server_child.ts";
import { type Contestant, runInTurns, type Turns } from "./_run_in_turns.ts";
import { getRequest, ME_PATH, signInAll } from "./_wire.ts";

/** Callers, each with a session and a connection of its own. */
const CALLERS = 32;

/**
 * Where Better Auth answers who is signed in: the endpoint that its clients call, which is what `GET me` is here, and a
 * bare route of Elysia's that calls its `getSession` past its handler.
 */
const BETTER_AUTH_PATH = "/api/auth/get-session";
const BETTER_AUTH_BARE_PATH = "/me";

/** Bytes of Better Auth's secret. */
const SECRET_BYTES = 32;

/** Measures whichever of them are wanted. */
export async function measureMe(bench: Bench): Promise<readonly Measurement[]> {
  await using stack = new AsyncDisposableStack();
  const { cores, home } = bench;
  const keep = async (starting: Promise<ServerChild>) => {
    const server = await starting;
    stack.defer(() => server.stop());
    return server;
  };
  const ours = await keep(startPostern({ cores, on: cores.server, folder: home.folder }));
  const cookies = await signInAll(ours.url, home.accounts.slice(0, CALLERS));
  const calls = { path: ME_PATH, cookies };
  const pairs: Pair[] = [];
  const mine = contestant("ours", ours, calls);
  if (bench.figures.has("me") || bench.figures.has("me_cross_origin")) {
    const bare = await keep(startBare(bench, ours.url, cookies[0] ?? ""));
    const across = { ...calls, origin: APP_ORIGIN };
    pairs.push(
      { figure: "me", ours: mine, floor: contestant("bare Elysia", bare, calls) },
      {
        figure: "me_cross_origin",
        ours: contestant("ours, cross-origin", ours, across),
        floor: contestant("bare Elysia, cross-origin", bare, across),
      },
    );
  }
  for (const [figure, hasCookieCache, name] of BETTER_AUTH_FIGURES) {
    if (!bench.figures.has(figure)) continue;
    const server = await keep(startBetterAuth(bench, hasCookieCache));
    const theirs = await signUpAtBetterAuth(server.url);
    const own = { path: BETTER_AUTH_PATH, cookies: theirs };
    const bare = { path: BETTER_AUTH_BARE_PATH, cookies: theirs };
    pairs.push({
      figure,
      ours: mine,
      floor: contestant(name, server, own),
      beside: contestant(`${name}, past its handler`, server, bare),
    });
  }
  return await measurePairs(
    bench,
    pairs.filter(({ figure }) => bench.figures.has(figure)),
  );
}

const BETTER_AUTH_FIGURES = [
  ["me_better_auth", false, "Better Auth"],
  ["me_better_auth_cached", true, "Better Auth, cached"],
] as const;

/** A figure and its floor. Figures may share a contestant, which then runs once a round. */
interface Pair {
  readonly figure: FigureName;
  readonly ours: Contestant;
  readonly floor: Contestant;
  /** Another form of the floor; told in the notes. */
  readonly beside?: Contestant;
}

async function measurePairs(bench: Bench, pairs: readonly Pair[]): Promise<readonly Measurement[]> {
  const contestants = [...new Set(pairs.flatMap(contestantsOf))];
  const turns = await runInTurns(bench, contestants);
  const turnsOf = (which: Contestant): Turns => {
    const found = turns[contestants.indexOf(which)];
    if (found === undefined) throw new TypeError(`Cannot find the rounds of ${which.name}`);
    return found;
  };
  return pairs.map((pair) => {
    const [ours, floor] = [turnsOf(pair.ours), turnsOf(pair.floor)];
    const beside = pair.beside === undefined ? [] : [turnsOf(pair.beside)];
    const notes = [ours.note, floor.note, ...beside.map((other) => besideNote(ours, other))];
    return { figure: pair.figure, values: ours.perSecond, floors: floor.perSecond, notes };
  });
}

function contestantsOf({ ours, floor, beside }: Pair): readonly Contestant[] {
  return beside === undefined ? [ours, floor] : [ours, floor, beside];
}

function besideNote(ours: Turns, other: Turns): string {
  const ratio = median(ours.perSecond) / median(other.perSecond);
  return `${other.note}; beside it the ratio is ${ratio.toFixed(1)}`;
}

interface Calls {
  readonly path: string;
  readonly cookies: readonly string[];
  readonly origin?: string;
}

function contestant(name: string, server: ServerChild, calls: Calls): Contestant {
  const requests = calls.cookies.map((cookie) => getRequest(server.url, { ...calls, cookie }));
  const pace = { kind: "closed", connections: CALLERS } as const;
  return { name, server, load: { requests, pace, next: "next_of_list" } };
}

/** Names that a server writes itself, or that the plugin for CORS does. */
const NOT_COPIED = /^(date|content-length|connection|transfer-encoding|vary|access-control-.*)$/;

async function startBare(bench: Bench, ours: URL, cookie: string): Promise<ServerChild> {
  const headers = { Origin: APP_ORIGIN, Cookie: cookie };
  const model = await fetch(new URL(ME_PATH, ours), { headers });
  const copied = [...model.headers].filter(([name]) => !NOT_COPIED.test(name));
  const answer: BareAnswer = {
    path: ME_PATH,
    body: await model.text(),
    headers: Object.fromEntries(copied),
    origin: APP_ORIGIN,
    exposed: (model.headers.get("access-control-expose-headers") ?? "").split(", "),
  };
  return await startFloor(bench, "bare_elysia", answer);
}

async function startBetterAuth(bench: Bench, hasCookieCache: boolean): Promise<ServerChild> {
  const folder = await makeFolder(bench.folder, "better-auth");
  const secret = crypto.getRandomValues(new Uint8Array(SECRET_BYTES)).toHex();
  const database = join(folder, "better_auth.db");
  const setup: BetterAuthSetup = { database, secret, hasCookieCache, origin: APP_ORIGIN };
  return await startFloor(bench, "better_auth", setup);
}

async function startFloor(bench: Bench, name: string, argument: unknown): Promise<ServerChild> {
  const { cores, folder } = bench;
  const args = [JSON.stringify(argument)];
  return await startServerChild({
    cores,
    on: cores.server,
    script: floorScript(name),
    args,
    folder,
  });
}

/** Makes as many accounts there; signing up signs in. */
async function signUpAtBetterAuth(url: URL): Promise<string[]> {
  const cookies: string[] = [];
  for (let index = 0; index < CALLERS; index += 1) {
    const response = await fetch(new URL("/api/auth/sign-up/email", url), {
      method: "POST",
      headers: { "Content-Type": "application/json", Origin: APP_ORIGIN },
      body: JSON.stringify({
        email: `bench-${index}@example.com`,
        password: "seven quiet herons",
        name: "Bench",
      }),
    });
    if (!response.ok) throw new Error(`Cannot sign up at Better Auth: ${await response.text()}`);
    const pairs = response.headers.getSetCookie().map((line) => line.split(";")[0]);
    cookies.push(pairs.join("; "));
  }
  return cookies;
}
