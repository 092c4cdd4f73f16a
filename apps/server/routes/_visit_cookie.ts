/**
 * The cookie that ties a visit to a provider to the browser that began it.
 *
 * @module
 */

import { newSecret } from "@postern/auth";
import { minutes, type Random, seconds } from "@postern/std";
import type { Cookies } from "../http/cookies.ts";
import type { CookieWriter } from "../http/set_cookie.ts";

const VISIT_MS = minutes(10);
const VALUE = /^[A-Za-z0-9_-]{43}$/;

/** What the cookie is made with. */
export interface VisitCookieDeps {
  readonly random: Random;
  readonly cookieWriter: CookieWriter;
}

/** The browser's value, the same for visits in two tabs, and the cookie that keeps it a while longer. */
export function visitCookie(deps: VisitCookieDeps, cookies: Cookies) {
  const { visit } = cookies;
  const value = visit !== undefined && VALUE.test(visit) ? visit : newSecret(deps.random);
  return { value, cookie: deps.cookieWriter.set("visit", value, VISIT_MS / seconds(1)) };
}
