/**
 * A refresh token, as it is remembered: used once, and for ten seconds answered by its successor.
 *
 * A session keeps only the token that is unused and those spent within the last seconds, ten at least.
 * A signed, unexpired token that is not remembered was therefore spent before: theft.
 *
 * @see RFC 9700, section 4.14.2 (refresh token rotation)
 * @module
 */

import type { EpochMs, Id } from "@postern/std";
import type { SessionId } from "../sessions/session.ts";

/** The `jti` of a refresh token. */
export type RefreshTokenId = Id<"refresh_token">;

/** A remembered refresh token. */
export interface RefreshToken {
  readonly id: RefreshTokenId;
  readonly sessionId: SessionId;
  /** Key that signed it: what a compromise of that key ends. */
  readonly keyId: string;
  readonly issuedAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly spentAt: EpochMs | null;
  /** The successor, sealed for the seconds in which it may be asked for again. */
  readonly successor: string | null;
}
