/**
 * The description of all of this.
 *
 * @module
 */

import { OPERATIONS } from "@postern/wire";
import { type Route, reply, route } from "../http/route.ts";

/** The description, as OpenAPI 3.1. Written once. */
export function getDescriptionRoute(deps: { readonly describe: () => unknown }): Route {
  let text: string | undefined;
  return route(OPERATIONS.getDescription, () => {
    text ??= JSON.stringify(deps.describe());
    return reply(200, text, { headers: { "Cache-Control": "public, max-age=300" } });
  });
}
