/**
 * An administrator at a console: reads the lists, and ends sessions.
 *
 * @module
 */

import {
  type Admin,
  askToken,
  type Console,
  callProcedure,
  newAdmin,
  openConsole,
  refreshFields,
  tokensIn,
} from "../../support/console.ts";
import { attempt, DONE, isDone, type Outcome } from "../outcome.ts";
import { AUTH, type World } from "../world.ts";
import { type Program, takeTokens } from "./programs.ts";

/** An administrator, the console, and a program whose sessions are ended again and again. */
export interface Administrator {
  readonly admin: Admin;
  console: Console | null;
  /** By this process's clock. */
  refreshAt: number;
  reads: number;
  readonly victim: Program;
}

const READS = [
  ["overview.summary", {}],
  ["users.list", {}],
  ["users.list", { query: "newcomer1" }],
  ["sessions.list", {}],
  ["sessions.list", { query: "device:firefox" }],
  ["audit.list", {}],
  ["audit.list", { query: "action:login" }],
  ["limits.list", {}],
] as const;

/** A console's access token lives for 15 minutes. */
const REFRESH_AFTER_MS = 600_000;

const BROKEN_FROM = 500;

/** Makes the administrator. */
export async function seatAdministrator(world: World, victim: Program): Promise<Administrator> {
  const admin = await newAdmin(world.deployment);
  return { admin, console: null, refreshAt: 0, reads: 0, victim };
}

/** Reads the next of the lists. */
export async function readList(world: World, administrator: Administrator): Promise<Outcome> {
  const [path, input] = READS[administrator.reads % READS.length] ?? READS[0];
  administrator.reads += 1;
  return (await call(world, administrator, { path, input, isQuery: true })).outcome;
}

/** Ends a session that has just begun; it is of no use from then on. */
export async function endSession(world: World, administrator: Administrator): Promise<Outcome> {
  const { victim } = administrator;
  const signedIn = await takeTokens(world, victim);
  const { access = "", refresh = "" } = victim.tokens ?? {};
  if (signedIn.as !== "done") return signedIn;
  const [, claims = ""] = access.split(".");
  const { sid } = JSON.parse(Buffer.from(claims, "base64url").toString()) as { sid: string };
  const ended = await call(world, administrator, { path: "sessions.end", input: { id: sid } });
  if (ended.outcome.as !== "done") return ended.outcome;
  const headers = { Authorization: `Bearer ${access}` };
  world.ledger.ends({ how: "ended by an administrator", headers });
  const visitor = world.deployment.visitor();
  const [me, again] = await Promise.all([
    attempt(visitor.get(`${AUTH}/me`, { headers })),
    attempt(visitor.post(`${AUTH}/refresh`, { refresh_token: refresh }, { csrf: false })),
  ]);
  if (!isDone(me) && !isDone(again)) return DONE;
  return { as: "odd", detail: "A session that an administrator ended is still served" };
}

interface Call {
  readonly path: string;
  readonly input: unknown;
  readonly isQuery?: boolean;
}

async function call(
  world: World,
  administrator: Administrator,
  what: Call,
): Promise<{ readonly outcome: Outcome }> {
  try {
    const console = await consoleOf(world, administrator);
    const { status, code } = await callProcedure(world.deployment, console, what);
    if (status < 300) return { outcome: DONE };
    const detail = `${what.path}: ${status} ${code ?? ""}`;
    // Its proofs bear this process's time, not the server's: a stepped clock refuses them.
    const isRefused = status < BROKEN_FROM && !(world.wasClockStepped() && world.isTroubled());
    administrator.console = null;
    return { outcome: { as: isRefused ? "odd" : "failed", detail } };
  } catch (cause) {
    administrator.console = null;
    return { outcome: { as: "failed", detail: `${what.path}: ${String(cause)}` } };
  }
}

async function consoleOf(world: World, administrator: Administrator): Promise<Console> {
  const { console, admin } = administrator;
  const { deployment } = world;
  if (console !== null && performance.now() < administrator.refreshAt) return console;
  administrator.console = null;
  if (console === null) {
    const browser = await deployment.signIn(admin.account);
    administrator.console = await openConsole(deployment, browser);
  } else {
    const fields = refreshFields(console.tokens.refresh_token);
    const tokens = tokensIn(await askToken(deployment, console.key, { fields }));
    administrator.console = { ...console, tokens };
  }
  administrator.refreshAt = performance.now() + REFRESH_AFTER_MS;
  return administrator.console;
}
