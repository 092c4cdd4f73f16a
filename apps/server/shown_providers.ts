/**
 * The providers that a page shows buttons for: by the call that lists them, and in the page itself.
 *
 * They are read when they are asked for first, and again after they changed: pages are asked for often.
 *
 * @module
 */

import type { AuthStore } from "@postern/auth";
import type { ShellSettings } from "@postern/web";

/** Where they are read. */
type ProvidersPort = Pick<AuthStore, "listProviders">;

type Shown = NonNullable<ShellSettings["providers"]>;

/** Those that are switched on, as they are now. */
export interface ShownProviders {
  /** Rejects where they have to be read and cannot be. */
  read(): Promise<Shown>;
  /** They changed, or may have. */
  forget(): void;
}

/** Makes what has read none yet. */
export function createShownProviders(store: ProvidersPort): ShownProviders {
  let reading: Promise<Shown> | undefined;

  async function readAnew(): Promise<Shown> {
    const providers = await store.listProviders();
    return providers
      .filter((provider) => provider.isEnabled)
      .map(({ id, kind, name }) => ({ id, kind, name, login_url: `/accounts/${id}/login` }));
  }

  return {
    async read() {
      reading ??= readAnew();
      const mine = reading;
      try {
        return await mine;
      } catch (cause) {
        if (reading === mine) reading = undefined;
        throw cause;
      }
    },
    forget() {
      reading = undefined;
    },
  };
}
