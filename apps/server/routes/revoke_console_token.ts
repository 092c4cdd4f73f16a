/**
 * A console gives its tokens up.
 *
 * @see RFC 7009, section 2.2: what was no token of ours is answered alike
 * @module
 */

import { CONSOLE_CLIENT, revokeConsole } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { type Route, reply, route } from "../http/route.ts";
import type { DepsOf } from "./_deps_of.ts";
import { oauthError } from "./_oauth_reply.ts";

/** Ends the session of a console's token. */
export function revokeConsoleTokenRoute(deps: DepsOf<typeof revokeConsole>): Route {
  return route(OPERATIONS.revokeConsoleToken, async ({ actor, body }) => {
    const { client_id: client, token } = body;
    if (client !== undefined && client !== CONSOLE_CLIENT) return oauthError("invalid_client");
    await revokeConsole(deps, actor, token);
    return reply(200, null);
  });
}
