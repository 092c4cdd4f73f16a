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
import type { HasClock, HasSealer, HasStore } from "../ports.ts";
import { type Fresh, type RefreshDeps, refreshClaimed } from "./_refresh_claimed.ts";
import { type Identity, type IdentityId, type IdentityTokens, tokenContext } from "./identity.ts";

/** What handing out needs. */
export interface HandOutTokenDeps extends RefreshDeps {
  /** Waits, milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
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
): Promise<Result<Fresh, HandOutTokenError>> {
  const identity = await deps.store.findIdentity(command.id);
  if (identity === null || identity.userId !== actor.userId) return err({ code: "not_found" });
  const isRecent = deps.clock.now() - actor.signedInAt < RECENT_SIGN_IN_MS;
  if (!isRecent) return err({ code: "step_up_required" });
  return await freshToken(deps, identity);
}

async function freshToken(
  deps: HandOutTokenDeps,
  identity: Identity,
): Promise<Result<Fresh, HandOutTokenError>> {
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
): Result<Fresh, HandOutTokenError> {
  const isGood = tokens.expiresAt !== null && deps.clock.now() < tokens.expiresAt;
  return isGood ? handOut(deps, tokens) : err({ code: "provider_error", detail: RECONNECT });
}

function isDue(tokens: IdentityTokens, now: EpochMs): boolean {
  return tokens.expiresAt !== null && tokens.expiresAt - now < PROVIDER_TOKEN_AHEAD_MS;
}

function handOut(deps: HasSealer, tokens: IdentityTokens): Result<Fresh, HandOutTokenError> {
  const { identityId, expiresAt, scopes } = tokens;
  const accessToken = deps.sealer.open(tokenContext(identityId, "access"), tokens.sealedAccess);
  if (accessToken === null) return err({ code: "provider_error", detail: RECONNECT });
  return ok({ accessToken, expiresAt, scopes });
}

async function refresh(
  deps: HandOutTokenDeps,
  identity: Identity,
  tokens: IdentityTokens,
): Promise<Result<Fresh, HandOutTokenError>> {
  const refreshed = await refreshClaimed(deps, identity, tokens);
  if (refreshed.ok) return refreshed;
  const { code } = refreshed.error;
  if (code === "provider_disabled") return err({ code });
  const isLost = LOST.has(refreshed.error.reason);
  return err({ code, ...(isLost ? { detail: RECONNECT } : {}) });
}

/** What only linking again mends. */
const LOST: ReadonlySet<string> = new Set(["invalid_grant", "not_theirs"]);
