/**
 * Handing a provider's access token to the user's own code: fresh, and never the refresh token.
 *
 * Of all that ask at once, on all instances, one refreshes; the others wait for what it gets.
 *
 * @module
 */

import { type EpochMs, err, ok, type Result } from "@postern/std";
import type { UserActor } from "../actor.ts";
import {
  PROVIDER_TOKEN_AHEAD_MS,
  RECENT_SIGN_IN_MS,
  TOKEN_REFRESH_CLAIM_MS,
} from "../lifetimes.ts";
import type { HasClock, HasProviders, HasSealer, HasStore } from "../ports.ts";
import { openProvider } from "./_open_provider.ts";
import { type Identity, type IdentityId, type IdentityTokens, tokenContext } from "./identity.ts";

/** What handing out needs. */
export interface HandOutTokenDeps extends HasClock, HasStore, HasSealer, HasProviders {
  /** Waits, milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

/** A token that can be used now. */
export interface HandedOut {
  readonly accessToken: string;
  /** null: never runs out. */
  readonly expiresAt: EpochMs | null;
  readonly scopes: readonly string[];
}

/** Why there is no token. */
export type HandOutTokenError =
  | { readonly code: "not_found" }
  | { readonly code: "step_up_required" }
  | { readonly code: "provider_disabled" }
  | { readonly code: "provider_error"; readonly detail?: string };

/** How often whoever waits looks, milliseconds. */
const LOOK_EVERY_MS = 100;

const RECONNECT = "The provider has taken its tokens back; link the account again";

/** Hands out an access token of one of the actor's own identities. */
export async function handOutToken(
  deps: HandOutTokenDeps,
  actor: UserActor,
  command: { readonly id: IdentityId },
): Promise<Result<HandedOut, HandOutTokenError>> {
  const identity = await deps.store.findIdentity(command.id);
  if (identity === null || identity.userId !== actor.userId) return err({ code: "not_found" });
  const isRecent = deps.clock.now() - actor.signedInAt < RECENT_SIGN_IN_MS;
  if (!isRecent) return err({ code: "step_up_required" });
  return await freshToken(deps, identity);
}

async function freshToken(
  deps: HandOutTokenDeps,
  identity: Identity,
): Promise<Result<HandedOut, HandOutTokenError>> {
  const until = deps.clock.now() + TOKEN_REFRESH_CLAIM_MS;
  while (true) {
    const tokens = await deps.store.findIdentityTokens(identity.id);
    const current = await deps.store.findIdentity(identity.id);
    if (current === null || tokens === null) return err({ code: "not_found" });
    if (current.needsReconnect) return err({ code: "provider_error", detail: RECONNECT });
    const now = deps.clock.now();
    if (!isDue(tokens, now)) return handOut(deps, tokens);
    if (tokens.sealedRefresh === null) return handOutLast(deps, tokens);
    if (await claim(deps, tokens)) return await refresh(deps, identity, tokens);
    if (now >= until) return err({ code: "provider_error" });
    await deps.pause(LOOK_EVERY_MS);
  }
}

async function claim(deps: HasClock & HasStore, tokens: IdentityTokens): Promise<boolean> {
  const now = deps.clock.now();
  return await deps.store.bookkeeping.claimTokenRefresh(tokens, now, TOKEN_REFRESH_CLAIM_MS);
}

/** A token that cannot be refreshed is good until it runs out. */
function handOutLast(
  deps: HasClock & HasSealer,
  tokens: IdentityTokens,
): Result<HandedOut, HandOutTokenError> {
  const isGood = tokens.expiresAt !== null && deps.clock.now() < tokens.expiresAt;
  return isGood ? handOut(deps, tokens) : err({ code: "provider_error", detail: RECONNECT });
}

function isDue(tokens: IdentityTokens, now: EpochMs): boolean {
  return tokens.expiresAt !== null && tokens.expiresAt - now < PROVIDER_TOKEN_AHEAD_MS;
}

function handOut(deps: HasSealer, tokens: IdentityTokens): Result<HandedOut, HandOutTokenError> {
  const { identityId, expiresAt, scopes } = tokens;
  const accessToken = deps.sealer.open(tokenContext(identityId, "access"), tokens.sealedAccess);
  if (accessToken === null) return err({ code: "provider_error", detail: RECONNECT });
  return ok({ accessToken, expiresAt, scopes });
}

async function refresh(
  deps: HandOutTokenDeps,
  identity: Identity,
  tokens: IdentityTokens,
): Promise<Result<HandedOut, HandOutTokenError>> {
  const { bookkeeping } = deps.store;
  const context = tokenContext(identity.id, "refresh");
  const refreshToken = deps.sealer.open(context, tokens.sealedRefresh ?? "");
  const stored = await deps.store.findProvider(identity.providerId);
  // A token goes back to nobody but whom it came from: the issuer may have been edited since.
  const isTheirs = stored?.issuer === identity.issuer;
  if (stored?.isEnabled === false) {
    await bookkeeping.releaseTokenRefresh(tokens);
    return err({ code: "provider_disabled" });
  }
  const provider = isTheirs && stored !== null ? openProvider(deps.sealer, stored) : null;
  if (refreshToken === null || provider === null) {
    await bookkeeping.releaseTokenRefresh(tokens);
    return err({ code: "provider_error", detail: RECONNECT });
  }
  const refreshed = await deps.providerClient.refresh(provider, refreshToken);
  if (!refreshed.ok) {
    const isRevoked = refreshed.error.reason === "invalid_grant";
    if (isRevoked) await bookkeeping.markReconnect(tokens);
    else await bookkeeping.releaseTokenRefresh(tokens);
    return err({ code: "provider_error", ...(isRevoked ? { detail: RECONNECT } : {}) });
  }
  const { accessToken, expiresAt, scopes } = refreshed.value;
  const next = refreshed.value.refreshToken;
  await bookkeeping.storeRefreshedTokens({
    identityId: identity.id,
    sealedAccess: deps.sealer.seal(tokenContext(identity.id, "access"), accessToken),
    sealedRefresh: next === null ? tokens.sealedRefresh : deps.sealer.seal(context, next),
    expiresAt,
    scopes: scopes.length > 0 ? scopes : tokens.scopes,
    generation: tokens.generation + 1,
  });
  return ok({ accessToken, expiresAt, scopes: scopes.length > 0 ? scopes : tokens.scopes });
}
