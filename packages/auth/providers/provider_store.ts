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
  /** Administrators who have no way in beside one provider, by id. There are few. */
  listLockedOutAdministrators(providerId: string): Promise<readonly LockedOut[]>;
  findIdentity(id: IdentityId): Promise<Identity | null>;
  findIdentityBySubject(issuer: string, subject: string): Promise<Identity | null>;
  /** By id descending. */
  listIdentities(userId: UserId, page: PageRequest): Promise<Page<Identity>>;
  /** A user's identities beside one, as far as their providers are switched on: other ways in. */
  countOtherWays(userId: UserId, than: IdentityId): Promise<number>;
  findIdentityTokens(id: IdentityId): Promise<IdentityTokens | null>;
  /** Tokens whose time to be refreshed has come and whose refresh nobody has claimed, the longest due first. */
  listDueTokens(now: EpochMs, limit: number): Promise<readonly IdentityTokens[]>;
  /** The newest outcome of a check of each provider. */
  listProviderHealth(): Promise<readonly ProviderHealth[]>;
}

/** A user whom deleting a provider would lock out. */
export interface LockedOut {
  readonly id: UserId;
  readonly username: string;
}

/** A step of walking over the users of a provider. */
export interface LockedOutStep {
  /** How many users were looked at. */
  readonly seen: number;
  readonly lockedOut: readonly LockedOut[];
  /** The last of them; null: there are no more. */
  readonly last: UserId | null;
}

/** A step of taking the identities of a provider away. */
export interface DropStep {
  /** Identities that are gone, with their tokens. */
  readonly done: number;
  /** The last user that was looked at; null: there are no more. */
  readonly last: UserId | null;
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
  /** Forgets every visit that is under way. */
  forgetFlows(): Promise<void>;
  /** `conflict` where issuer and subject are linked already. */
  insertIdentity(identity: Identity): Promise<Result<null, { readonly code: "conflict" }>>;
  /**
   * Notes that an identity was used, by which provider of its issuer, since that one's client is whom its
   * tokens are for, and what it is called now. Clears `needsReconnect`.
   */
  useIdentity(
    id: IdentityId,
    used: Pick<Identity, "providerId" | "label">,
    at: EpochMs,
  ): Promise<void>;
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
  /** Notes that the provider took the tokens back, so that nobody tries them again; ends the claim. */
  markReconnect(of: ClaimedTokens): Promise<void>;
  /** Ends a claim whose refresh failed, and says when they are tried again by themselves; null: never. */
  releaseTokenRefresh(of: ClaimedTokens, refreshAt: EpochMs | null): Promise<void>;
  saveProviderHealth(health: ProviderHealth): Promise<void>;
  /** Goes over all of them, in an index. */
  countIdentitiesAt(providerId: string): Promise<number>;
  /**
   * Looks at some users of a provider, by id ascending, for those who have no password and no identity
   * of another provider that is switched on: whom deleting it would lock out. Then rests as long as
   * that took, so that a walk over a million keeps nobody waiting.
   *
   * @param after The last user of the step before; null: from the beginning.
   */
  walkLockedOutBy(providerId: string, after: UserId | null): Promise<LockedOutStep>;
  /**
   * Takes some identities of a provider that is leaving away, with their tokens, by user ascending, and
   * then rests as long as that took. Where it leaves sparing, whoever has no other way in keeps theirs.
   *
   * @param after The last user of the step before; null: from the beginning.
   */
  dropIdentitiesAt(providerId: string, after: UserId | null): Promise<DropStep>;
  /** Takes a provider away that is leaving and has no identities any more. Announces `providers_changed`. */
  dropProvider(id: string): Promise<boolean>;
}
