/**
 * Providers to sign in with.
 *
 * @module
 */

import { OPERATIONS } from "@postern/wire";
import { type Route, reply, route } from "../http/route.ts";
import { type ProvidersPort, shownProviders } from "../shown_providers.ts";

/** Lists the providers that are switched on. */
export function listProvidersRoute({ store }: { readonly store: ProvidersPort }): Route {
  return route(OPERATIONS.listProviders, async () =>
    reply(200, { items: await shownProviders(store), next: null }),
  );
}
