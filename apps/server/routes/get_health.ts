/**
 * Being alive.
 *
 * @module
 */

import { OPERATIONS } from "@postern/wire";
import { type Route, reply, route } from "../http/route.ts";

/** Answers for as long as the process does. */
export function getHealthRoute(): Route {
  return route(OPERATIONS.getHealth, () => reply(200, { status: "ok" }));
}
