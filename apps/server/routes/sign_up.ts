/**
 * Asking for an account.
 *
 * @module
 */

import { GUARDED_ANSWER_MS, signUp } from "@postern/auth";
import type { Sha256 } from "@postern/std";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import type { DepsOf } from "./_deps_of.ts";

/** Takes a signup; the answer is the same whether or not the address has an account. */
export function signUpRoute(deps: DepsOf<typeof signUp> & { readonly sha256: Sha256 }): Route {
  return route(
    OPERATIONS.signUp,
    async ({ actor, body, cookies, context }) => {
      const { email, username, password } = body;
      const result = await signUp(deps, actor, {
        email,
        username,
        password,
        name: body.name ?? null,
        browserHash: cookies.browser === undefined ? null : deps.sha256(cookies.browser),
        addressKey: context.caller.limitKey,
      });
      return result.ok ? reply(202, { status: "verification_sent" }) : refuse(result.error);
    },
    () => GUARDED_ANSWER_MS,
  );
}
