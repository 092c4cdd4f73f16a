/**
 * Setting a new password by link.
 *
 * @module
 */

import { resetPassword } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import type { DepsOf } from "./_deps_of.ts";

/** Spends a link and sets the password. */
export function resetPasswordRoute(deps: DepsOf<typeof resetPassword>): Route {
  return route(OPERATIONS.resetPassword, async ({ actor, body }) => {
    const { token, new_password: newPassword } = body;
    const result = await resetPassword(deps, actor, { token, newPassword });
    return result.ok ? reply(200, { status: "ok" }) : refuse(result.error);
  });
}
