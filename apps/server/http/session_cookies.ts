/**
 * The four cookies of a signed-in browser, and the one of a browser before it signs in.
 *
 * @module
 */

import { csrfToken, expiresAt, newSecret, type Session, type TokenPair } from "@postern/auth";
import { type Clock, days, type EpochMs, type Random, seconds } from "@postern/std";
import type { CsrfGuardDeps } from "./csrf_guard.ts";
import type { CookieWriter } from "./set_cookie.ts";

/** How long a browser is remembered that has not signed in, milliseconds. */
const BROWSER_MS = days(30);

/** What writing cookies needs. */
export interface SessionCookiesDeps extends Pick<CsrfGuardDeps, "csrf"> {
  readonly clock: Clock;
  readonly random: Random;
  readonly writer: CookieWriter;
}

/** Writes the cookies that belong together. */
export interface SessionCookies {
  /** The four cookies of a session. */
  signedIn(session: Session, secret: string | null, tokens: TokenPair): readonly string[];
  /** Ends the four. */
  signedOut(): readonly string[];
  /** The cookies of a session that is used now: again, for as long as it may rest from now on. */
  slid(session: Session, secret: string): readonly string[];
  /** A CSRF token for a session. */
  csrfOfSession(session: Session): { readonly token: string; readonly cookies: readonly string[] };
  /** A CSRF token for a browser that has not signed in; gives it the cookie that it is bound to. */
  csrfOfBrowser(browser: string | undefined): {
    readonly token: string;
    readonly cookies: readonly string[];
  };
}

const BROWSER_VALUE = /^[A-Za-z0-9_-]{43}$/;

/** Makes the writer of what belongs together. */
export function createSessionCookies(deps: SessionCookiesDeps): SessionCookies {
  const left = (until: EpochMs) => Math.max(0, Math.ceil((until - deps.clock.now()) / seconds(1)));
  const sessionCookie = (session: Session, secret: string) =>
    deps.writer.set("session", secret, left(expiresAt(session)));
  const csrfCookie = (session: Session) => {
    const token = csrfToken(deps.csrf(), { session: session.id });
    return { token, cookie: deps.writer.set("csrf", token, left(expiresAt(session))) };
  };
  return {
    signedIn(session, secret, tokens) {
      return [
        deps.writer.set("access", tokens.accessToken, left(tokens.accessExpiresAt)),
        deps.writer.set("refresh", tokens.refreshToken, left(tokens.refreshExpiresAt)),
        ...(secret === null ? [] : [sessionCookie(session, secret)]),
        csrfCookie(session).cookie,
      ];
    },
    signedOut: () =>
      (["access", "refresh", "session", "csrf"] as const).map((key) => deps.writer.clear(key)),
    slid(session, secret) {
      const used = { ...session, seenAt: deps.clock.now() };
      return [sessionCookie(used, secret), csrfCookie(used).cookie];
    },
    csrfOfSession(session) {
      const { token, cookie } = csrfCookie(session);
      return { token, cookies: [cookie] };
    },
    csrfOfBrowser(given) {
      const isKnown = given !== undefined && BROWSER_VALUE.test(given);
      const browser = isKnown ? given : newSecret(deps.random);
      const token = csrfToken(deps.csrf(), { browser });
      const lifeS = BROWSER_MS / seconds(1);
      return {
        token,
        cookies: [
          deps.writer.set("browser", browser, lifeS),
          deps.writer.set("csrf", token, lifeS),
        ],
      };
    },
  };
}
