/**
 * Being able to serve.
 *
 * @module
 */

import { OPERATIONS } from "@postern/wire";
import { type Route, reply, route } from "../http/route.ts";
import type { ReadinessCheck } from "../readiness.ts";

/** 200 where every check passes, 503 with the same body where one does not. */
export function getReadinessRoute(deps: { readonly checkReadiness: ReadinessCheck }): Route {
  return route(OPERATIONS.getReadiness, async () => {
    const readiness = await deps.checkReadiness();
    return reply(readiness.ok ? 200 : 503, readiness);
  });
}
