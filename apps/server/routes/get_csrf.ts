/**
 * Handing out the CSRF pair.
 *
 * @module
 */

import { OPERATIONS } from "@postern/wire";
import { findSession, type IdentifyDeps } from "../http/identify.ts";
import { type Route, reply, route } from "../http/route.ts";
import type { SessionCookies } from "../http/session_cookies.ts";

/** Bound to the session that is live, or else to the browser. */
export function getCsrfRoute(
  deps: IdentifyDeps & { readonly sessionCookies: SessionCookies },
): Route {
  return route(OPERATIONS.getCsrf, async ({ cookies }) => {
    const live = await findSession(deps, cookies);
    const { token, cookies: set } =
      live === null
        ? deps.sessionCookies.csrfOfBrowser(cookies.browser)
        : deps.sessionCookies.csrfOfSession(live.session);
    return reply(200, { csrfToken: token }, { cookies: set });
  });
}
