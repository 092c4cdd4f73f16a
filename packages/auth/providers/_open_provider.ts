/**
 * A provider with its secrets in the clear, for the moment in which it is asked something.
 *
 * @module
 */

import type { Sealer } from "../ports.ts";
import { type ProviderWithSecret, providerContext } from "./provider.ts";
import type { OpenProvider } from "./provider_client.ts";

/** Opens a provider's secrets; null where they do not open, which is the operator's to mend. */
export function openProvider(sealer: Sealer, provider: ProviderWithSecret): OpenProvider | null {
  const { sealedSecret, sealedPreviousSecret, ...rest } = provider;
  const context = providerContext(provider.id);
  const clientSecret = sealer.open(context, sealedSecret);
  if (clientSecret === null) return null;
  const previousSecret =
    sealedPreviousSecret === null ? null : sealer.open(context, sealedPreviousSecret);
  return { ...rest, clientSecret, previousSecret };
}
