/**
 * What use cases are handed beside the store. Each names just those that it uses.
 *
 * @module
 */

import type { Clock, Random, Sha256 } from "@postern/std";
import type { Limiter } from "./limits/limiter.ts";
import type { PasswordHasher } from "./passwords/ports.ts";
import type { ProviderClient } from "./providers/provider_client.ts";
import type { AuthStore } from "./store.ts";
import type { Tokens } from "./tokens/tokens.ts";

/** Tells the time. */
export interface HasClock {
  readonly clock: Clock;
}

/** Keeps things. */
export interface HasStore {
  readonly store: AuthStore;
}

/** Makes ids and tokens. */
export interface HasRandom {
  readonly random: Random;
}

/** Hashes what is only ever compared. */
export interface HasSha256 {
  readonly sha256: Sha256;
}

/** Counts against limits. */
export interface HasLimiter {
  readonly limiter: Limiter;
}

/** Hashes and verifies passwords. */
export interface HasHasher {
  readonly hasher: PasswordHasher;
}

/** Signs and verifies tokens. */
export interface HasTokens {
  readonly tokens: Tokens;
}

/** Seals what may be asked for again, and opens it. */
export interface HasSealer {
  readonly sealer: Sealer;
}

/** Puts a user agent into words. */
export interface HasDevices {
  /** Browser and system, such as `Firefox on Linux`; null where there is nothing to tell. */
  readonly describeDevice: (userAgent: string | null) => string | null;
}

/** Asks providers over the network. */
export interface HasProviders {
  readonly providerClient: ProviderClient;
}

/** What the operator decides about accounts. */
export interface HasPolicy {
  readonly policy: Policy;
}

/** Seals texts under the ring of stored secrets, each for one place. */
export interface Sealer {
  seal(context: string, plaintext: string): string;
  /** `null` where the text does not open there: changed, moved, or its key is gone. */
  open(context: string, sealed: string): string | null;
}

/** What the operator decides about accounts. */
export interface Policy {
  readonly passwordMinLength: number;
  readonly signup: "verify" | "closed";
  /** Tells whether a password, in lower case, is on the list of common ones. */
  readonly isCommonPassword: (lowered: string) => boolean;
}
