/**
 * Ending all of one's other sessions.
 *
 * @module
 */

import { endOtherSessions } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { type Route, reply, route } from "../http/route.ts";
import type { DepsOf } from "./_deps_of.ts";

/** Ends all of the caller's sessions but this one. */
export function endOtherSessionsRoute(deps: DepsOf<typeof endOtherSessions>): Route {
  return route(OPERATIONS.endOtherSessions, async ({ actor }) => {
    await endOtherSessions(deps, actor);
    return reply(204, null);
  });
}
