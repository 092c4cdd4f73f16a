/**
 * One's linked accounts.
 *
 * @module
 */

import type { AuthStore, Identity } from "@postern/auth";
import { type Account, OPERATIONS } from "@postern/wire";
import { type Route, route } from "../http/route.ts";
import { pageOutcome } from "./_page_outcome.ts";
import { timestampOf } from "./_user_shape.ts";

/** Lists the caller's own linked accounts, newest first. */
export function listAccountsRoute(deps: {
  readonly store: Pick<AuthStore, "listIdentities" | "listProviders">;
}): Route {
  return route(OPERATIONS.listAccounts, async ({ actor, query }) => {
    const page = { limit: query.limit, after: query.cursor };
    const found = await deps.store.listIdentities(actor.userId, page);
    const providers = await deps.store.listProviders();
    const names = new Map(providers.map((provider) => [provider.id, provider.name]));
    return pageOutcome(found, (identity) => shapeOf(identity, names));
  });
}

function shapeOf(identity: Identity, names: ReadonlyMap<string, string>): Account {
  return {
    id: identity.id,
    provider: identity.providerId,
    provider_name: names.get(identity.providerId) ?? identity.providerId,
    label: identity.label,
    linked_at: timestampOf(identity.linkedAt),
    last_used_at: timestampOf(identity.usedAt),
    needs_reconnect: identity.needsReconnect,
  };
}
