/**
 * What signing in by a provider takes, and what it gives, whichever way the provider speaks.
 *
 * @module
 */

import type { ProviderAccount, ProviderTokens } from "@postern/auth";
import type { Clock } from "@postern/std";
import type { Discovery } from "./discovery.ts";
import type { Outgoing } from "./outgoing.ts";

/** What signing in needs. */
export interface SignInDeps {
  readonly clock: Clock;
  readonly outgoing: Outgoing;
  readonly discovery: Discovery;
}

/** An account, and the tokens that came with it. */
export interface Exchanged {
  readonly account: ProviderAccount;
  readonly tokens: ProviderTokens;
  readonly usedSecret: "current" | "previous";
}
