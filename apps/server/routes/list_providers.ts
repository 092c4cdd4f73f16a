/**
 * Providers to sign in with.
 *
 * @module
 */

import type { AuthStore } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { type Route, reply, route } from "../http/route.ts";

/** Lists the providers that are switched on. */
export function listProvidersRoute(deps: {
  readonly store: Pick<AuthStore, "listProviders">;
}): Route {
  return route(OPERATIONS.listProviders, async () => {
    const providers = await deps.store.listProviders();
    const items = providers
      .filter((provider) => provider.isEnabled)
      .map(({ id, kind, name }) => ({ id, kind, name, login_url: `/accounts/${id}/login` }));
    return reply(200, { items, next: null });
  });
}
