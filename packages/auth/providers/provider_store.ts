/**
 * What the store keeps of providers, identities and visits.
 *
 * @module
 */

import type { EpochMs, Result } from "@postern/std";
import type { Page, PageRequest } from "../page.ts";
import type { UserId } from "../users/user.ts";
import type { Flow } from "./flow.ts";
import type { Identity, IdentityId, IdentityTokens } from "./identity.ts";
import type { ProviderPatch, ProviderWithSecret } from "./provider.ts";
import type { ProviderCheck } from "./provider_client.ts";

/** Looking up, outside a write and within one. */
export interface ProviderReads {
  /** All providers, by id. There are few. */
  listProviders(): Promise<readonly ProviderWithSecret[]>;
  findProvider(id: string): Promise<ProviderWithSecret | null>;
  findIdentity(id: IdentityId): Promise<Identity | null>;
  findIdentityBySubject(issuer: string, subject: string): Promise<Identity | null>;
  /** By id descending. */
  listIdentities(userId: UserId, page: PageRequest): Promise<Page<Identity>>;
  countIdentities(userId: UserId): Promise<number>;
  /** Users who have no password and no identity of another provider: whom deleting it would lock out. At most `limit`. */
  listLockedOutBy(
    providerId: string,
    limit: number,
  ): Promise<readonly { id: UserId; username: string }[]>;
  findIdentityTokens(id: IdentityId): Promise<IdentityTokens | null>;
  /** The newest outcome of a check of each provider. */
  listProviderHealth(): Promise<readonly ProviderHealth[]>;
}

/** How a provider was at its last check. */
export interface ProviderHealth {
  readonly providerId: string;
  readonly checkedAt: EpochMs;
  readonly ok: boolean;
  readonly checks: readonly ProviderCheck[];
}

/** Changing, within one transaction. */
export interface ProviderWrites {
  /** `conflict` where the id is taken. Announces `providers_changed`. */
  insertProvider(
    provider: ProviderWithSecret,
  ): Promise<Result<null, { readonly code: "conflict" }>>;
  /** `false` where there is none. Announces `providers_changed`. */
  updateProvider(id: string, patch: ProviderPatch, at: EpochMs): Promise<boolean>;
  /** Takes a provider away with its identities and their tokens. Announces `providers_changed`. */
  deleteProvider(id: string): Promise<boolean>;
  /** `conflict` where issuer and subject are linked already. */
  insertIdentity(identity: Identity): Promise<Result<null, { readonly code: "conflict" }>>;
  /** Notes that an identity was used, and what it is called now. Clears `needsReconnect`. */
  useIdentity(id: IdentityId, label: string | null, at: EpochMs): Promise<void>;
  /** With its tokens; `false` where it is not this user's. */
  deleteIdentity(id: IdentityId, userId: UserId): Promise<boolean>;
  /** All of a user's, with their tokens. */
  deleteIdentitiesOf(userId: UserId): Promise<number>;
  /** Puts tokens in place of what was there. */
  saveIdentityTokens(tokens: IdentityTokens): Promise<void>;
}

/** The tokens that somebody has claimed to refresh: nothing is done to later ones. */
type ClaimedTokens = Pick<IdentityTokens, "identityId" | "generation">;

/** What is written without an event. */
export interface ProviderBookkeeping {
  keepFlow(flow: Flow): Promise<void>;
  /** Spends a visit, once: the row is gone; null where it was not there or has run out. */
  takeFlow(stateHash: string, now: EpochMs): Promise<Flow | null>;
  /**
   * Claims the refresh of an identity's tokens: one conditional update decides which of all
   * instances asks the provider.
   *
   * @param leaseMs How long the claim holds, milliseconds; exactly then another may claim.
   * @returns `false` where the generation is another, or somebody has claimed it until later.
   */
  claimTokenRefresh(of: ClaimedTokens, now: EpochMs, leaseMs: number): Promise<boolean>;
  /** Puts refreshed tokens in place if the generation is still the one before; ends the claim. */
  storeRefreshedTokens(tokens: IdentityTokens): Promise<boolean>;
  /** Notes that the provider took the tokens back; ends the claim. */
  markReconnect(of: ClaimedTokens): Promise<void>;
  /** Ends a claim whose refresh failed. */
  releaseTokenRefresh(of: ClaimedTokens): Promise<void>;
  saveProviderHealth(health: ProviderHealth): Promise<void>;
}
