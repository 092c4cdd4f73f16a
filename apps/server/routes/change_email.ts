/**
 * Asking for another address.
 *
 * @module
 */

import { changeEmail } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import type { DepsOf } from "./_deps_of.ts";

/** Sends the new address a link. */
export function changeEmailRoute(deps: DepsOf<typeof changeEmail>): Route {
  return route(OPERATIONS.changeEmail, async ({ actor, body, cookies, context }) => {
    const result = await changeEmail(deps, actor, {
      email: body.email,
      currentPassword: body.current_password ?? null,
      browserHash: cookies.browser === undefined ? null : deps.sha256(cookies.browser),
      addressKey: context.caller.limitKey,
    });
    return result.ok ? reply(202, { status: "verification_sent" }) : refuse(result.error);
  });
}
