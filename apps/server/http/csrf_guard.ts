/**
 * Keeps other sites from acting through a visitor's cookies.
 *
 * @see OWASP Cross-Site Request Forgery Prevention Cheat Sheet
 * @module
 */

import { isCsrfToken } from "@postern/auth";
import { CSRF_HEADER } from "@postern/wire";
import type { Cookies } from "./cookies.ts";
import type { RequestContext } from "./request_context.ts";

/** What the guard needs. */
export interface CsrfGuardDeps {
  readonly allowedOrigins: ReadonlySet<string>;
  /** What makes and checks tokens, with today's keys. */
  readonly csrf: () => Parameters<typeof isCsrfToken>[0];
}

/** What the pair must be bound to: the session that is live, or else the browser. */
export interface Bound {
  readonly sessionId: string | null;
  readonly cookies: Cookies;
}

/**
 * Tells whether a request shows that a page of an allowed origin made it: an allowed `Origin`, where
 * there is one, and the token of the cookie in the header, made for this session or browser.
 */
export function showsPair(deps: CsrfGuardDeps, context: RequestContext, bound: Bound): boolean {
  if (context.origin !== null && !deps.allowedOrigins.has(context.origin)) return false;
  const sent = context.request.headers.get(CSRF_HEADER);
  const { csrf, browser } = bound.cookies;
  if (sent === null || csrf === undefined || sent !== csrf) return false;
  if (bound.sessionId !== null) return isCsrfToken(deps.csrf(), sent, { session: bound.sessionId });
  return browser !== undefined && isCsrfToken(deps.csrf(), sent, { browser });
}

/** Tells whether a request carries any cookie of ours. */
export function bearsCookies(cookies: Cookies): boolean {
  return (
    cookies.access !== undefined ||
    cookies.session !== undefined ||
    cookies.refresh !== undefined ||
    cookies.csrf !== undefined ||
    cookies.browser !== undefined
  );
}
