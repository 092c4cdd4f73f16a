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
import { floorScript, type ServerChild, startServerChild } from "../server_child.ts";
import { type Contestant, runInTurns, type Turns } from "./_run_in_turns.ts";
import { getRequest, ME_PATH, signInAll } from "./_wire.ts";

/** Callers, each with a session and a connection of its own. */
const CALLERS = 32;

/** Where Better Auth's floor answers the user. */
const BETTER_AUTH_PATH = "/me";

/** Bytes of Better Auth's secret. */
const SECRET_BYTES = 32;

/** Measures whichever of the three are wanted. */
export async function measureMe(bench: Bench): Promise<readonly Measurement[]> {
  await using stack = new AsyncDisposableStack();
  const keep = (server: ServerChild) => {
    stack.defer(() => server.stop());
    return server;
  };
  const { cores, home } = bench;
  const ours = keep(await startPostern({ cores, on: cores.server, folder: home.folder }));
  const cookies = await signInAll(ours.url, home.accounts.slice(0, CALLERS));
  const contestants = [contestant("ours", ours, { path: ME_PATH, cookies })];
  const floors: FigureName[] = [];
  if (bench.figures.has("me")) {
    floors.push("me");
    const bare = keep(await startBare(bench, ours.url, cookies[0] ?? ""));
    contestants.push(contestant("bare Elysia", bare, { path: ME_PATH, cookies }));
  }
  for (const [figure, hasCookieCache] of BETTER_AUTH_FIGURES) {
    if (!bench.figures.has(figure)) continue;
    floors.push(figure);
    const server = keep(await startBetterAuth(bench, hasCookieCache));
    const own = { path: BETTER_AUTH_PATH, cookies: await signUpAtBetterAuth(server.url) };
    contestants.push(
      contestant(hasCookieCache ? "Better Auth, cached" : "Better Auth", server, own),
    );
  }
  const [mine, ...others] = await runInTurns(bench, contestants);
  return floors.map((figure, at) => measurement(figure, mine, others[at]));
}

const BETTER_AUTH_FIGURES = [
  ["me_better_auth", false],
  ["me_better_auth_cached", true],
] as const;

function measurement(figure: FigureName, ours?: Turns, floor?: Turns): Measurement {
  if (ours === undefined || floor === undefined) throw new TypeError(`Cannot find ${figure}`);
  const notes = [ours.note, floor.note];
  return { figure, values: ours.perSecond, floors: floor.perSecond, notes };
}

function contestant(
  name: string,
  server: ServerChild,
  calls: { readonly path: string; readonly cookies: readonly string[] },
): Contestant {
  const requests = calls.cookies.map((cookie) => getRequest(server.url, calls.path, cookie));
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
