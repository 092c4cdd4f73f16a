/**
 * Signing in with a password, in a browser.
 *
 * @module
 */

import { signIn } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import type { SessionCookies } from "../http/session_cookies.ts";
import type { Metrics } from "../metrics_port.ts";
import type { DepsOf } from "./_deps_of.ts";
import { identifierOf, leastMsOf, outcomeOf } from "./_sign_in_command.ts";
import { userShape } from "./_user_shape.ts";

/** Signs in and sets the four cookies. */
export function signInRoute(
  deps: DepsOf<typeof signIn> & {
    readonly sessionCookies: SessionCookies;
    readonly metrics: Pick<Metrics, "signIn">;
  },
): Route {
  return route(
    OPERATIONS.signIn,
    async ({ actor, body, context }) => {
      const result = await signIn(deps, actor, {
        identifier: identifierOf(body),
        password: body.password,
        kind: "browser",
        addressKey: context.caller.limitKey,
      });
      deps.metrics.signIn(outcomeOf(result));
      if (!result.ok) return refuse(result.error);
      const { user, session, secret, tokens } = result.value;
      const set = deps.sessionCookies.signedIn(session, secret, tokens);
      return reply(200, { user: userShape(user) }, { cookies: set });
    },
    leastMsOf(deps.hasher),
  );
}
