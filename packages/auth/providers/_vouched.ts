/**
 * What a provider vouches for, and why its word may let nobody in.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";
import type { Flow } from "./flow.ts";
import type { ProviderWithSecret } from "./provider.ts";
import type { ProviderAccount, ProviderTokens } from "./provider_client.ts";

/** An account that a provider vouches for, with what is needed to act on it. */
export interface Vouched {
  readonly flow: Flow;
  readonly provider: ProviderWithSecret;
  readonly account: ProviderAccount;
  readonly tokens: ProviderTokens;
  /** Which of our secrets the provider took. */
  readonly usedSecret: "current" | "previous";
  readonly at: EpochMs;
}

/** Why nobody was let in. */
export interface AdmitError {
  readonly code:
    | "provider_error"
    | "provider_disabled"
    | "email_unverified"
    | "identity_taken"
    | "link_first"
    | "signup_closed"
    | "blocked";
}
