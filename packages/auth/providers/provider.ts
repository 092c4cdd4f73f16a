/**
 * A provider: somebody else's sign-in that is trusted to say who a person is.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";

/** What a provider speaks: Google and other OpenID providers by discovery, GitHub its own way. */
export type ProviderKind = "google" | "github" | "oidc";

/**
 * How a provider leaves: `sparing` keeps the identities that are somebody's only way in, and with them
 * the provider; `forced` keeps nothing.
 */
export type Leaving = "sparing" | "forced";

/** A provider, as the rules see it. Its secrets are not here. */
export interface Provider {
  /** What stands in paths: lower-case letters, digits, `_` and `-`, beginning with a letter. */
  readonly id: string;
  readonly kind: ProviderKind;
  /** For people. */
  readonly name: string;
  /** OpenID issuer; for GitHub the origin of its pages. */
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly isEnabled: boolean;
  /** How it is being taken away, step by step; null: it stays. One that leaves is switched off. */
  readonly leaving: Leaving | null;
  /** Whether the environment made it, so that a start sets it again. */
  readonly source: "env" | "console";
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
}

/** A provider with what authenticates us to it. */
export interface ProviderWithSecret extends Provider {
  /** Sealed for `provider:<id>`. */
  readonly sealedSecret: string;
  /** The one before, tried where the new one is refused, until the new one has worked; null: none. */
  readonly sealedPreviousSecret: string | null;
}

/** What of a provider can be edited. */
export type ProviderPatch = Partial<
  Pick<
    ProviderWithSecret,
    | "name"
    | "issuer"
    | "clientId"
    | "scopes"
    | "isEnabled"
    | "leaving"
    | "source"
    | "sealedSecret"
    | "sealedPreviousSecret"
  >
>;

/** The place that a provider's secret is sealed for. */
export function providerContext(id: string): string {
  return `provider:${id}`;
}
