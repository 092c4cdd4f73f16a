/**
 * Finds who a request comes from, by the first credential that it carries.
 *
 * Bearer, then the access cookie, then the session cookie. One that is present and bad is refused
 * and does not fall through to the next, but for an access cookie that has run out beside a live
 * session: browsers keep it a moment too long.
 *
 * @see RFC 6750, section 2.1 (bearer tokens)
 * @module
 */

import {
  type AuthenticateError,
  type AuthStore,
  authenticateCookie,
  authenticateToken,
  expiresAt,
  type SessionOfUser,
  type Tokens,
} from "@postern/auth";
import {
  after,
  type Clock,
  type EpochMs,
  epochMs,
  err,
  ok,
  type Result,
  type Sha256,
} from "@postern/std";
import type { Cookies } from "./cookies.ts";
import type { Warm, WarmSessions } from "./warm_sessions.ts";

/** What finding out needs. */
export interface IdentifyDeps {
  readonly clock: Clock;
  readonly store: AuthStore;
  readonly tokens: Tokens;
  readonly sha256: Sha256;
  readonly warm: WarmSessions;
}

/** How a credential came. Cookies come by themselves, so they need the CSRF pair. */
export type Via = "bearer" | "cookie";

/** Who a request comes from. */
export interface Identity {
  readonly warm: Warm;
  readonly via: Via;
}

/** Why a request comes from nobody. */
export type IdentifyError = AuthenticateError | { readonly code: "unauthenticated" };

/**
 * How many times a session's cookies are set anew while it could rest: at most this part of its rest
 * is lost to a browser that comes back late.
 */
const SLIDES_PER_REST = 20;

/** Longest credential that is looked at, characters. Ours are shorter. */
const CREDENTIAL_MAX_LENGTH = 4_096;

/** Finds whom a request that must be signed in comes from; at once where that is remembered. */
export function identify(
  deps: IdentifyDeps,
  authorization: string | null,
  cookies: Cookies,
): Result<Identity, IdentifyError> | Promise<Result<Identity, IdentifyError>> {
  const bearer = readBearer(authorization);
  const token = bearer ?? cookies.access;
  const credential = token ?? cookies.session;
  if (credential === undefined) return err({ code: "unauthenticated" });
  const warm = deps.warm.find(credential, token === undefined ? "cookie" : "token");
  if (warm !== undefined) return ok({ warm, via: bearer === undefined ? "cookie" : "bearer" });
  if (credential.length > CREDENTIAL_MAX_LENGTH) return err({ code: "invalid_token" });
  return readAnew(deps, { bearer, cookies });
}

async function readAnew(
  deps: IdentifyDeps,
  from: { readonly bearer: string | undefined; readonly cookies: Cookies },
): Promise<Result<Identity, IdentifyError>> {
  const { bearer, cookies } = from;
  if (bearer !== undefined) return identityOf(await readToken(deps, bearer), "bearer");
  if (cookies.access !== undefined) {
    const read = await readToken(deps, cookies.access);
    const isStale = !read.ok && read.error.code === "token_expired";
    if (!isStale || cookies.session === undefined) return identityOf(read, "cookie");
  }
  if (cookies.session === undefined) return err({ code: "unauthenticated" });
  const known = deps.warm.find(cookies.session, "cookie");
  return known === undefined
    ? identityOf(await readCookie(deps, cookies.session), "cookie")
    : ok({ warm: known, via: "cookie" });
}

/** Finds the live session that cookies stand for; none is no error. */
export async function findSession(
  deps: IdentifyDeps,
  cookies: Pick<Cookies, "access" | "session">,
): Promise<Warm | null> {
  if (cookies.access !== undefined) {
    const known = deps.warm.find(cookies.access, "token");
    if (known !== undefined) return known;
    const read = await readToken(deps, cookies.access);
    if (read.ok) return read.value;
  }
  if (cookies.session === undefined) return null;
  const known = deps.warm.find(cookies.session, "cookie");
  if (known !== undefined) return known;
  const read = await readCookie(deps, cookies.session);
  return read.ok ? read.value : null;
}

/** Takes the token of a Bearer header; `undefined` where there is none of that scheme. */
export function readBearer(authorization: string | null): string | undefined {
  if (authorization === null || authorization.length < 6) return undefined;
  if (authorization.slice(0, 6).toLowerCase() !== "bearer") return undefined;
  if (authorization.length === 6) return "";
  return authorization.charCodeAt(6) === 0x20 ? authorization.slice(7) : undefined;
}

async function readToken(
  deps: IdentifyDeps,
  token: string,
): Promise<Result<Warm, AuthenticateError>> {
  if (token.length > CREDENTIAL_MAX_LENGTH) return err({ code: "invalid_token" });
  const reading = deps.warm.beginReading();
  const read = await authenticateToken(deps, token);
  if (!read.ok) return read;
  const { expiresAt: tokenEnds } = read.value.claims;
  const warm = warmOf(read.value, { readAnewAt: tokenEnds, tokenExpiresAt: tokenEnds });
  reading.keep(token, warm);
  return ok(warm);
}

async function readCookie(
  deps: IdentifyDeps,
  secret: string,
): Promise<Result<Warm, AuthenticateError>> {
  if (secret.length > CREDENTIAL_MAX_LENGTH) return err({ code: "invalid_token" });
  const reading = deps.warm.beginReading();
  const read = await authenticateCookie(deps, secret);
  if (!read.ok) return read;
  const slideMs = Math.floor(read.value.session.idleMs / SLIDES_PER_REST);
  const readAnewAt = after(deps.clock.now(), slideMs);
  const warm = warmOf(read.value, { readAnewAt, tokenExpiresAt: null });
  reading.keep(secret, warm);
  return ok(warm);
}

function warmOf(
  { user, session }: SessionOfUser,
  until: { readonly readAnewAt: EpochMs; readonly tokenExpiresAt: EpochMs | null },
): Warm {
  return {
    user,
    session,
    expiresAt: epochMs(Math.min(expiresAt(session), until.readAnewAt)),
    tokenExpiresAt: until.tokenExpiresAt,
    limitKey: `user:${user.id}`,
    areCookiesDue: until.tokenExpiresAt === null,
    me: undefined,
  };
}

function identityOf(
  read: Result<Warm, AuthenticateError>,
  via: Via,
): Result<Identity, IdentifyError> {
  return read.ok ? ok({ warm: read.value, via }) : read;
}
