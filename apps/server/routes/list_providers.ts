/**
 * Providers to sign in with.
 *
 * @module
 */

import { OPERATIONS } from "@postern/wire";
import { type Route, reply, route } from "../http/route.ts";
import type { ShownProviders } from "../shown_providers.ts";

/** Lists the providers that are switched on. */
export function listProvidersRoute(deps: {
  readonly shownProviders: Pick<ShownProviders, "read">;
}): Route {
  return route(OPERATIONS.listProviders, async () =>
    reply(200, { items: await deps.shownProviders.read(), next: null }),
  );
}
