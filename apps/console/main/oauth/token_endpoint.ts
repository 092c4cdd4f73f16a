/**
 * Gets tokens from a server, and gives them up.
 *
 * @see RFC 6749, sections 4.1.3, 5 and 6; RFC 7009; RFC 9449, section 5
 * @module
 */

import { type AdminRole, adminRole } from "@postern/wire";
import { z } from "zod";
import type { BridgeErrorCode, Outcome } from "../../ipc/bridge.ts";
import { done, failed } from "../../ipc/outcome.ts";
import type { AuthServer } from "./discover.ts";
import type { DpopKey } from "./dpop_key.ts";
import { ask, type Fetch } from "./fetch_port.ts";
import type { ServerClock } from "./server_clock.ts";
import { type BroughtCode, CONSOLE_CLIENT } from "./visit_browser.ts";

/** What asking for tokens needs. */
export interface TokenDeps {
  readonly fetch: Fetch;
  readonly clock: ServerClock;
  readonly key: DpopKey;
  readonly server: AuthServer;
}

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^dpop$/i),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1),
  session_expires_at: z.number().positive(),
  user: z.object({ id: z.string(), username: z.string(), role: adminRole.nullable() }),
});

/** Tokens, and whose they are. */
export interface Tokens {
  readonly accessToken: string;
  /** When it runs out, by the server's clock; milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly refreshToken: string;
  /** When the session ends, however it is used. */
  readonly endsAt: number;
  readonly user: {
    readonly id: string;
    readonly username: string;
    readonly role: AdminRole | null;
  };
}

/** Exchanges a code. */
export function exchangeCode(
  deps: TokenDeps,
  { code, redirectUri, verifier }: BroughtCode,
): Promise<Outcome<Tokens>> {
  return askTokens(deps, {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
}

/** Takes the next pair. `session_ended` says that there is none. */
export function refreshTokens(deps: TokenDeps, refreshToken: string): Promise<Outcome<Tokens>> {
  return askTokens(deps, { grant_type: "refresh_token", refresh_token: refreshToken });
}

/** Gives a token up, and its session with it. Whether that succeeded changes nothing here. */
export async function revokeToken(
  { fetch, server }: Pick<TokenDeps, "fetch" | "server">,
  token: string,
): Promise<void> {
  const body = new URLSearchParams({ token, client_id: CONSOLE_CLIENT });
  try {
    await ask(fetch, server.revocationEndpoint, { method: "POST", body });
  } catch {
    // It runs out by itself.
  }
}

/** Asks; once more where the proof was refused, since the answer may have set our clock right. */
async function askTokens(
  deps: TokenDeps,
  fields: Readonly<Record<string, string>>,
): Promise<Outcome<Tokens>> {
  const first = await askOnce(deps, fields);
  const isRetried = !first.ok && first.error.code === "invalid_token";
  return isRetried ? await askOnce(deps, fields) : first;
}

async function askOnce(
  { fetch, clock, key, server }: TokenDeps,
  fields: Readonly<Record<string, string>>,
): Promise<Outcome<Tokens>> {
  const { tokenEndpoint: url } = server;
  const body = new URLSearchParams({ client_id: CONSOLE_CLIENT, ...fields });
  try {
    const DPoP = await key.prove({ method: "POST", url, now: clock.now() });
    const response = await ask(fetch, url, { method: "POST", body, headers: { DPoP } });
    clock.note(response);
    const json: unknown = await response.json();
    return response.ok ? readTokens(json, clock) : refusalOf(response.status, json);
  } catch (cause) {
    const isJson = cause instanceof SyntaxError;
    return isJson ? NO_SENSE : failed("offline", "The server cannot be reached.");
  }
}

const NO_SENSE = failed("bad_answer", "The server's answer makes no sense.");

function readTokens(json: unknown, clock: ServerClock): Outcome<Tokens> {
  const read = tokenAnswer.safeParse(json);
  if (!read.success) return NO_SENSE;
  const { access_token, expires_in, refresh_token, session_expires_at, user } = read.data;
  return done({
    accessToken: access_token,
    expiresAt: clock.now() + expires_in * 1_000,
    refreshToken: refresh_token,
    endsAt: session_expires_at * 1_000,
    user,
  });
}

const errorAnswer = z.object({ error: z.string(), error_description: z.string().optional() });

function refusalOf(status: number, json: unknown): Outcome<never> {
  const read = errorAnswer.safeParse(json);
  if (!read.success) return NO_SENSE;
  const { error, error_description: message = "The server refused." } = read.data;
  const code = CODES.get(error) ?? "bad_answer";
  return { ok: false, error: { code, message, status } };
}

const CODES: ReadonlyMap<string, BridgeErrorCode> = new Map([
  ["invalid_grant", "session_ended"],
  ["invalid_dpop_proof", "invalid_token"],
  ["access_denied", "forbidden"],
  ["temporarily_unavailable", "busy"],
  ["server_error", "internal"],
]);
