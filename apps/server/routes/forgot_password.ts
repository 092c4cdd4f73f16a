/**
 * Asking for a link that sets a new password.
 *
 * @module
 */

import { forgotPassword, GUARDED_ANSWER_MS } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import type { DepsOf } from "./_deps_of.ts";

/** The answer is the same for every address. */
export function forgotPasswordRoute(deps: DepsOf<typeof forgotPassword>): Route {
  return route(
    OPERATIONS.forgotPassword,
    async ({ actor, body, context }) => {
      const addressKey = context.caller.limitKey;
      const result = await forgotPassword(deps, actor, { email: body.email, addressKey });
      return result.ok ? reply(202, { status: "ok" }) : refuse(result.error);
    },
    () => GUARDED_ANSWER_MS,
  );
}
