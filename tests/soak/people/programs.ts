/**
 * Programs with tokens: ask who they are, and refresh.
 *
 * @module
 */

import type { Visitor } from "../../support/deployment.ts";
import type { Holder } from "../ledger.ts";
import { attempt, DONE, isDone, isUnsure, judge, type Outcome } from "../outcome.ts";
import { AUTH, FIRST_PASSWORD, type World } from "../world.ts";

/** A program, and the tokens that it was handed last. */
export interface Program {
  readonly holder: Holder;
  readonly visitor: Visitor;
  tokens: Tokens | null;
}

/** What it was handed. */
export interface Tokens {
  readonly access: string;
  readonly refresh: string;
  /** When the access token runs out, by the server's clock. */
  readonly expiresAt: number;
  /** When a refresh was first asked for that got no answer; null where the last one did. */
  unansweredSince: number | null;
}

const UNAUTHENTICATED = 401;

/** Refreshed so long before the end, milliseconds. */
const MARGIN_MS = 60_000;

/** After so long the second use of a token is taken for theft; less what an answer takes to arrive. */
const SAME_AGAIN_MS = 7_000;

/** Asks who it is. */
export async function lookAtProgram(world: World, program: Program): Promise<Outcome> {
  const { tokens, visitor } = program;
  if (tokens === null) return await takeTokens(world, program);
  if (tokens.expiresAt - MARGIN_MS < world.now()) return await refresh(world, program);
  const headers = { Authorization: `Bearer ${tokens.access}` };
  const answer = await attempt(visitor.get(`${AUTH}/me`, { headers }));
  // Issued before the clock was stepped, it may run out at any time.
  const hasRunOut = answer?.status === UNAUTHENTICATED && answer.text.includes("token_expired");
  if (hasRunOut && world.wasClockStepped()) return await refresh(world, program);
  return judge(answer, "GET me of a program");
}

/** Signs in, or refreshes what it has. */
export async function refresh(world: World, program: Program): Promise<Outcome> {
  const { tokens, visitor } = program;
  if (tokens === null) return await takeTokens(world, program);
  const body = { refresh_token: tokens.refresh };
  const answer = await attempt(visitor.post(`${AUTH}/refresh`, body, { csrf: false }));
  if (isDone(answer)) {
    program.tokens = tokensIn(world, answer.json);
    world.ledger.counts.refreshes += 1;
    return DONE;
  }
  if (isUnsure(answer)) tokens.unansweredSince ??= performance.now();
  if (answer?.status !== UNAUTHENTICATED) return judge(answer, "POST refresh");
  program.tokens = null;
  return isExcused(world, tokens) ? DONE : judge(answer, "POST refresh");
}

/** The server may have taken the unanswered one for the first, and this one for a thief's. */
function isExcused(world: World, { unansweredSince }: Tokens): boolean {
  if (unansweredSince === null) return world.wasClockStepped() && world.isTroubled();
  return world.wasClockStepped() || performance.now() - unansweredSince > SAME_AGAIN_MS;
}

/** Signs in. */
export async function takeTokens(world: World, program: Program): Promise<Outcome> {
  const { username: identifier } = program.holder;
  const body = { identifier, password: FIRST_PASSWORD };
  const answer = await attempt(program.visitor.post(`${AUTH}/token`, body, { csrf: false }));
  if (isDone(answer)) {
    program.tokens = tokensIn(world, answer.json);
    world.ledger.counts.signIns += 1;
  }
  return judge(answer, "POST token");
}

function tokensIn(world: World, json: unknown): Tokens {
  const { access_token, refresh_token, expires_in } = json as {
    readonly access_token: string;
    readonly refresh_token: string;
    readonly expires_in: number;
  };
  const expiresAt = world.now() + expires_in * 1_000;
  return { access: access_token, refresh: refresh_token, expiresAt, unansweredSince: null };
}
