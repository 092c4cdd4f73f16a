/**
 * When a provider's tokens are refreshed by themselves.
 *
 * Pure. Times are spread by chance, so that many that came at once do not go to the provider at once.
 *
 * @module
 */

import { chance, type EpochMs, epochMs, type Random } from "@postern/std";
import {
  PROVIDER_TOKEN_AHEAD_MS,
  PROVIDER_TOKEN_GIVE_UP_MS,
  PROVIDER_TOKEN_REFRESH_AHEAD_MS,
  PROVIDER_TOKEN_RETRY_MAX_MS,
  PROVIDER_TOKEN_RETRY_MIN_MS,
} from "../lifetimes.ts";
import type { IdentityTokens } from "./identity.ts";

/** Tells when tokens that came now are refreshed; null: they never run out, or there is nothing to do it with. */
export function refreshTime(
  random: Random,
  tokens: Pick<IdentityTokens, "expiresAt" | "sealedRefresh">,
  now: EpochMs,
): EpochMs | null {
  const { expiresAt, sealedRefresh } = tokens;
  if (expiresAt === null || sealedRefresh === null) return null;
  const ahead = Math.min(PROVIDER_TOKEN_REFRESH_AHEAD_MS, (expiresAt - now) / 4);
  const due = expiresAt - ahead - ahead * chance(random);
  return epochMs(Math.floor(Math.max(due, now + PROVIDER_TOKEN_RETRY_MIN_MS)));
}

/**
 * Tells when tokens whose refresh failed are tried again: after as long as they have been due, so that the
 * times between attempts double.
 *
 * @returns null: not by themselves any more.
 */
export function retryTime(
  random: Random,
  { expiresAt, sealedRefresh }: Pick<IdentityTokens, "expiresAt" | "sealedRefresh">,
  now: EpochMs,
): EpochMs | null {
  if (expiresAt === null || sealedRefresh === null) return null;
  if (now - expiresAt >= PROVIDER_TOKEN_GIVE_UP_MS) return null;
  const overdueMs = now - (expiresAt - PROVIDER_TOKEN_AHEAD_MS);
  const waitMs = Math.min(
    Math.max(overdueMs, PROVIDER_TOKEN_RETRY_MIN_MS),
    PROVIDER_TOKEN_RETRY_MAX_MS,
  );
  return epochMs(Math.floor(now + waitMs + (waitMs / 4) * chance(random)));
}
