/**
 * Proving an address by link.
 *
 * @module
 */

import { verifyEmail } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import type { SessionCookies } from "../http/session_cookies.ts";
import type { DepsOf } from "./_deps_of.ts";
import { userShape } from "./_user_shape.ts";

/** A signup's link signs in; a changed address's only confirms. */
export function verifyEmailRoute(
  deps: DepsOf<typeof verifyEmail> & { readonly sessionCookies: SessionCookies },
): Route {
  return route(OPERATIONS.verifyEmail, async ({ actor, body, cookies }) => {
    const result = await verifyEmail(deps, actor, {
      token: body.token,
      password: body.password ?? null,
      username: body.username ?? null,
      browserHash: cookies.browser === undefined ? null : deps.sha256(cookies.browser),
    });
    if (!result.ok) return refuse(result.error);
    if (result.value.kind === "confirmed")
      return reply(200, { user: userShape(result.value.user) });
    const { user, session, secret, tokens } = result.value.signedIn;
    const set = deps.sessionCookies.signedIn(session, secret, tokens);
    return reply(200, { user: userShape(user) }, { cookies: set });
  });
}
