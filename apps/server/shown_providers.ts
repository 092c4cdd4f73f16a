/**
 * The providers that a page shows buttons for: by the call that lists them, and in the page itself.
 *
 * @module
 */

import type { AuthStore } from "@postern/auth";
import type { ShellSettings } from "@postern/web";

/** Where they are read. */
export type ProvidersPort = Pick<AuthStore, "listProviders">;

/** Reads those that are switched on. */
export async function shownProviders(
  store: ProvidersPort,
): Promise<NonNullable<ShellSettings["providers"]>> {
  const providers = await store.listProviders();
  return providers
    .filter((provider) => provider.isEnabled)
    .map(({ id, kind, name }) => ({ id, kind, name, login_url: `/accounts/${id}/login` }));
}
