/**
 * A pair of tokens on the wire.
 *
 * @module
 */

import type { TokenPair } from "@postern/auth";
import { type EpochMs, seconds } from "@postern/std";
import type { Tokens } from "@postern/wire";

/** The shape of a pair of tokens. */
export function pairShape(now: EpochMs, tokens: TokenPair): Tokens {
  return {
    access_token: tokens.accessToken,
    refresh_token: tokens.refreshToken,
    token_type: "Bearer",
    expires_in: expiresIn(now, tokens),
  };
}

/** Whole seconds for which the access token is good. */
export function expiresIn(now: EpochMs, tokens: TokenPair): number {
  return Math.max(0, Math.ceil((tokens.accessExpiresAt - now) / seconds(1)));
}
