/**
 * Providers to sign in with.
 *
 * @module
 */

import { OPERATIONS } from "@postern/wire";
import { type Route, reply, route } from "../http/route.ts";

/** This version has no providers, so the list is empty. */
export function listProvidersRoute(): Route {
  return route(OPERATIONS.listProviders, () => reply(200, { items: [], next: null }));
}
