/**
 * Signing in with a password, without cookies.
 *
 * @module
 */

import { signIn } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import type { Metrics } from "../metrics_port.ts";
import type { DepsOf } from "./_deps_of.ts";
import { pairShape } from "./_pair_shape.ts";
import { identifierOf, leastMsOf, outcomeOf } from "./_sign_in_command.ts";
import { userShape } from "./_user_shape.ts";

/** Signs in and answers with a pair of tokens. */
export function issueTokensRoute(
  deps: DepsOf<typeof signIn> & { readonly metrics: Pick<Metrics, "signIn"> },
): Route {
  return route(
    OPERATIONS.issueTokens,
    async ({ actor, body, context }) => {
      const result = await signIn(deps, actor, {
        identifier: identifierOf(body),
        password: body.password,
        kind: "api",
        addressKey: context.caller.limitKey,
      });
      deps.metrics.signIn(outcomeOf(result));
      if (!result.ok) return refuse(result.error);
      const { user, tokens } = result.value;
      return reply(200, { ...pairShape(deps.clock.now(), tokens), user: userShape(user) });
    },
    leastMsOf(deps.hasher),
  );
}
