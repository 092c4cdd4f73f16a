/**
 * Judging a password while it is being chosen.
 *
 * @module
 */

import { judgePassword } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { type Route, reply, route } from "../http/route.ts";
import type { DepsOf } from "./_deps_of.ts";

/** Tells which rules it does not meet. */
export function checkPasswordRoute(deps: DepsOf<typeof judgePassword>): Route {
  return route(OPERATIONS.checkPassword, async ({ body }) => {
    const { password, username, email, name, token } = body;
    const about = { username: username ?? "", email: email ?? "", name: name ?? "" };
    const failures = await judgePassword(deps, { password, about, token: token ?? null });
    return reply(200, { failures });
  });
}
