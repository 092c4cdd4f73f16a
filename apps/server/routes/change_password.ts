/**
 * Changing one's password.
 *
 * @module
 */

import { changePassword } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import type { DepsOf } from "./_deps_of.ts";

/** Changes the password; the caller's other sessions end. */
export function changePasswordRoute(deps: DepsOf<typeof changePassword>): Route {
  return route(OPERATIONS.changePassword, async ({ actor, body, context }) => {
    const result = await changePassword(deps, actor, {
      currentPassword: body.current_password,
      newPassword: body.new_password,
      addressKey: context.caller.limitKey,
    });
    return result.ok ? reply(200, { status: "ok" }) : refuse(result.error);
  });
}
