/**
 * An identity: a provider's account, linked to a user. Known by issuer and subject, never by address.
 *
 * @see OpenID Connect Core 1.0, section 5.7 (claim stability and uniqueness)
 * @module
 */

import type { EpochMs, Id } from "@postern/std";
import type { UserId } from "../users/user.ts";

/** An identity's id. */
export type IdentityId = Id<"identity">;

/** A linked account. */
export interface Identity {
  readonly id: IdentityId;
  readonly userId: UserId;
  readonly providerId: string;
  readonly issuer: string;
  readonly subject: string;
  /** What people know the account by: an address or a login name; null where the provider tells none. */
  readonly label: string | null;
  readonly linkedAt: EpochMs;
  readonly usedAt: EpochMs;
  /** Whether the provider has taken its tokens back, so that the user is asked to reconnect. */
  readonly needsReconnect: boolean;
}

/** Tokens of an identity, sealed for `identity:<id>:access` and `identity:<id>:refresh`. */
export interface IdentityTokens {
  readonly identityId: IdentityId;
  readonly sealedAccess: string;
  readonly sealedRefresh: string | null;
  /** When the access token runs out; null: never. */
  readonly expiresAt: EpochMs | null;
  readonly scopes: readonly string[];
  /** Rises with every refresh: tells a caller that waited whether somebody else refreshed. */
  readonly generation: number;
  /** When they are refreshed by themselves; null: they are not. */
  readonly refreshAt: EpochMs | null;
}

/** The place that a token of an identity is sealed for. */
export function tokenContext(id: IdentityId, type: "access" | "refresh"): string {
  return `identity:${id}:${type}`;
}
