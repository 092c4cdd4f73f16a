/**
 * Taking an address back.
 *
 * @module
 */

import { undoEmailChange } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import type { DepsOf } from "./_deps_of.ts";

/** Spends the link that the old address was sent. */
export function undoEmailChangeRoute(deps: DepsOf<typeof undoEmailChange>): Route {
  return route(OPERATIONS.undoEmailChange, async ({ actor, body }) => {
    const result = await undoEmailChange(deps, actor, { token: body.token });
    return result.ok ? reply(200, { status: "ok" }) : refuse(result.error);
  });
}
