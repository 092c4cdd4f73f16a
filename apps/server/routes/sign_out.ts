/**
 * Signing out.
 *
 * @module
 */

import { signOut, signOutByRefreshToken } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { userActor } from "../http/actors.ts";
import { findSession, type IdentifyDeps, readBearer } from "../http/identify.ts";
import { type Route, reply, route } from "../http/route.ts";
import type { SessionCookies } from "../http/session_cookies.ts";

/** Ends the session of whatever credential came, and clears the cookies in any case. */
export function signOutRoute(
  deps: IdentifyDeps & { readonly sessionCookies: SessionCookies },
): Route {
  return route(OPERATIONS.signOut, async ({ actor, context, cookies }) => {
    const bearer = readBearer(context.request.headers.get("authorization"));
    const access = bearer ?? cookies.access;
    const live = await findSession(deps, { access, session: cookies.session });
    if (live !== null) await signOut(deps, userActor(context, live));
    else if (cookies.refresh !== undefined) {
      await signOutByRefreshToken(deps, actor, cookies.refresh);
    }
    return reply(200, { status: "ok" }, { cookies: deps.sessionCookies.signedOut() });
  });
}
