/**
 * Handing out the CSRF pair.
 *
 * @module
 */

import { OPERATIONS } from "@postern/wire";
import type { IdentifyDeps } from "../http/identify.ts";
import { findPairSession } from "../http/pair_session.ts";
import { type Route, reply, route } from "../http/route.ts";
import type { SessionCookies } from "../http/session_cookies.ts";

/** Bound to the session that is live, or else to the browser. */
export function getCsrfRoute(
  deps: IdentifyDeps & { readonly sessionCookies: SessionCookies },
): Route {
  return route(OPERATIONS.getCsrf, async ({ cookies }) => {
    const session = await findPairSession(deps, cookies);
    const { token, cookies: set } =
      session === null
        ? deps.sessionCookies.csrfOfBrowser(cookies.browser)
        : deps.sessionCookies.csrfOfSession(session);
    return reply(200, { csrfToken: token }, { cookies: set });
  });
}
