/**
 * Refreshing tokens whose refresh was claimed: whatever comes of it is kept, and ends the claim.
 *
 * @see RFC 6749, section 6; RFC 9700, section 4.14.2 (a refresh token that is used twice looks stolen)
 * @module
 */

import { type EpochMs, err, ok, type Result } from "@postern/std";
import type { HasClock, HasProviders, HasRandom, HasSealer, HasStore } from "../ports.ts";
import { openProvider } from "./_open_provider.ts";
import { refreshTime, retryTime } from "./_refresh_times.ts";
import { type Identity, type IdentityTokens, tokenContext } from "./identity.ts";
import type { ProviderFailure, ProviderTokens } from "./provider_client.ts";

/** What refreshing needs. */
export type RefreshDeps = HasClock & HasRandom & HasStore & HasSealer & HasProviders;

/** A token that can be used now. */
export interface Fresh {
  readonly accessToken: string;
  /** null: never runs out. */
  readonly expiresAt: EpochMs | null;
  readonly scopes: readonly string[];
}

/** Why there is none. `not_theirs`: there is nobody whom these tokens could go back to. */
export type RefreshError =
  | { readonly code: "provider_disabled" }
  | {
      readonly code: "provider_error";
      readonly reason: ProviderFailure["reason"] | "not_theirs";
    };

/** Refreshes tokens that the caller has claimed. */
export async function refreshClaimed(
  deps: RefreshDeps,
  identity: Identity,
  tokens: IdentityTokens,
): Promise<Result<Fresh, RefreshError>> {
  const { bookkeeping } = deps.store;
  const refreshed = await ask(deps, identity, tokens);
  if (refreshed.ok) return ok(await keep(deps, tokens, refreshed.value));
  const isRevoked =
    refreshed.error.code === "provider_error" && refreshed.error.reason === "invalid_grant";
  if (isRevoked) await bookkeeping.markReconnect(tokens);
  else {
    const next = retryTime(deps.random, tokens, deps.clock.now());
    await bookkeeping.releaseTokenRefresh(tokens, next);
  }
  return refreshed;
}

async function ask(
  deps: RefreshDeps,
  identity: Identity,
  tokens: IdentityTokens,
): Promise<Result<ProviderTokens, RefreshError>> {
  const stored = await deps.store.findProvider(identity.providerId);
  if (stored?.isEnabled === false) return err({ code: "provider_disabled" });
  // A token goes back to nobody but whom it came from: the issuer may have been edited since.
  const isTheirs = stored?.issuer === identity.issuer;
  const provider = isTheirs && stored !== null ? openProvider(deps.sealer, stored) : null;
  const context = tokenContext(identity.id, "refresh");
  const refreshToken = deps.sealer.open(context, tokens.sealedRefresh ?? "");
  if (refreshToken === null || provider === null) {
    return err({ code: "provider_error", reason: "not_theirs" });
  }
  return await deps.providerClient.refresh(provider, refreshToken);
}

async function keep(
  deps: RefreshDeps,
  before: IdentityTokens,
  refreshed: ProviderTokens,
): Promise<Fresh> {
  const { identityId } = before;
  const { accessToken, expiresAt, refreshToken } = refreshed;
  const scopes = refreshed.scopes.length > 0 ? refreshed.scopes : before.scopes;
  const kept = {
    sealedRefresh:
      refreshToken === null
        ? before.sealedRefresh
        : deps.sealer.seal(tokenContext(identityId, "refresh"), refreshToken),
    expiresAt,
  };
  await deps.store.bookkeeping.storeRefreshedTokens({
    ...kept,
    identityId,
    sealedAccess: deps.sealer.seal(tokenContext(identityId, "access"), accessToken),
    scopes,
    generation: before.generation + 1,
    refreshAt: refreshTime(deps.random, kept, deps.clock.now()),
  });
  return { accessToken, expiresAt, scopes };
}
