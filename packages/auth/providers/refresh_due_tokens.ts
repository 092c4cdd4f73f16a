/**
 * Refreshing tokens ahead of their end, before anybody asks for them.
 *
 * A round takes the longest due, a few at a time. Of all instances one refreshes a token: whoever claims it.
 * A provider that cannot be reached is not asked again in that round.
 *
 * @module
 */

import { TOKEN_REFRESH_CLAIM_MS } from "../lifetimes.ts";
import { type RefreshDeps, refreshClaimed } from "./_refresh_claimed.ts";
import { retryTime } from "./_refresh_times.ts";
import type { Identity, IdentityTokens } from "./identity.ts";

/** Most tokens of one round. */
const ROUND_MAX = 100;

/** How many are refreshed at once: fewer than may call one provider, so that signing in does not wait. */
const AT_ONCE = 4;

/** What came of a round. */
export interface RefreshRound {
  readonly refreshed: number;
  /** The provider has taken them back: their users are asked to reconnect. */
  readonly revoked: number;
  /** Tried again later. */
  readonly failed: number;
}

/** Refreshes what is due. What is under way when it is stopped is finished. */
export async function refreshDueTokens(
  deps: RefreshDeps,
  command: { readonly isStopped: () => boolean },
): Promise<RefreshRound> {
  const due = (await deps.store.listDueTokens(deps.clock.now(), ROUND_MAX)).values();
  const round = { refreshed: 0, revoked: 0, failed: 0 };
  const down = new Set<string>();

  async function work(): Promise<void> {
    for (const tokens of due) {
      if (command.isStopped()) return;
      const outcome = await refreshOne(deps, tokens, down);
      if (outcome !== "not_ours") round[outcome] += 1;
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return round;
}

type Outcome = keyof RefreshRound | "not_ours";

async function refreshOne(
  deps: RefreshDeps,
  tokens: IdentityTokens,
  down: Set<string>,
): Promise<Outcome> {
  const { bookkeeping } = deps.store;
  const identity = await deps.store.findIdentity(tokens.identityId);
  if (identity === null) return "not_ours";
  const isOurs = await bookkeeping.claimTokenRefresh(
    tokens,
    deps.clock.now(),
    TOKEN_REFRESH_CLAIM_MS,
  );
  if (!isOurs) return "not_ours";
  if (identity.needsReconnect || tokens.sealedRefresh === null) {
    await bookkeeping.releaseTokenRefresh(tokens, null);
    return "failed";
  }
  if (down.has(identity.providerId)) {
    const next = retryTime(deps.random, tokens, deps.clock.now());
    await bookkeeping.releaseTokenRefresh(tokens, next);
    return "failed";
  }
  return await refreshClaim(deps, identity, { tokens, down });
}

async function refreshClaim(
  deps: RefreshDeps,
  identity: Identity,
  { tokens, down }: { readonly tokens: IdentityTokens; readonly down: Set<string> },
): Promise<Outcome> {
  const refreshed = await refreshClaimed(deps, identity, tokens);
  if (refreshed.ok) return "refreshed";
  if (refreshed.error.code === "provider_disabled") return "failed";
  const { reason } = refreshed.error;
  if (reason === "unreachable" || reason === "invalid_client") down.add(identity.providerId);
  return reason === "invalid_grant" ? "revoked" : "failed";
}
