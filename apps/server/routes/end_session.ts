/**
 * Ending one of one's sessions.
 *
 * @module
 */

import { endSession, type SessionId } from "@postern/auth";
import { isUuid } from "@postern/std";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import type { DepsOf } from "./_deps_of.ts";

/** Ends one of the caller's own sessions; another's is as unknown as one that never was. */
export function endSessionRoute(deps: DepsOf<typeof endSession>): Route {
  return route(OPERATIONS.endSession, async ({ actor, params }) => {
    if (!isUuid(params.id)) return refuse({ code: "not_found" });
    const result = await endSession(deps, actor, { id: params.id as SessionId });
    return result.ok ? reply(204, null) : refuse(result.error);
  });
}
