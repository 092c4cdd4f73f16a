/**
 * Changing one's profile.
 *
 * @module
 */

import { updateProfile } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import type { DepsOf } from "./_deps_of.ts";
import { userShape } from "./_user_shape.ts";

/** Changes name, username or picture. */
export function updateProfileRoute(deps: DepsOf<typeof updateProfile>): Route {
  return route(OPERATIONS.updateProfile, async ({ actor, body }) => {
    const result = await updateProfile(deps, actor, body);
    return result.ok ? reply(200, userShape(result.value)) : refuse(result.error);
  });
}
