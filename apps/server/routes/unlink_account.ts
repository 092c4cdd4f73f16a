/**
 * Taking a linked account away.
 *
 * @module
 */

import { type IdentityId, unlinkIdentity } from "@postern/auth";
import { isUuid } from "@postern/std";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import type { DepsOf } from "./_deps_of.ts";

/** Takes one of the caller's own linked accounts away. */
export function unlinkAccountRoute(deps: DepsOf<typeof unlinkIdentity>): Route {
  return route(OPERATIONS.unlinkAccount, async ({ actor, params }) => {
    if (!isUuid(params.id)) return refuse({ code: "not_found" });
    const result = await unlinkIdentity(deps, actor, { id: params.id as IdentityId });
    return result.ok ? reply(204, null) : refuse(result.error);
  });
}
