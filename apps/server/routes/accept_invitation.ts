/**
 * Making an account by an invitation.
 *
 * @module
 */

import { acceptInvitation } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import type { SessionCookies } from "../http/session_cookies.ts";
import type { DepsOf } from "./_deps_of.ts";
import { userShape } from "./_user_shape.ts";

/** Makes the account, and sets the four cookies. */
export function acceptInvitationRoute(
  deps: DepsOf<typeof acceptInvitation> & { readonly sessionCookies: SessionCookies },
): Route {
  return route(OPERATIONS.acceptInvitation, async ({ actor, body }) => {
    const result = await acceptInvitation(deps, actor, { ...body, name: body.name ?? null });
    if (!result.ok) return refuse(result.error);
    const { user, session, secret, tokens } = result.value;
    const set = deps.sessionCookies.signedIn(session, secret, tokens);
    return reply(201, { user: userShape(user) }, { cookies: set });
  });
}
