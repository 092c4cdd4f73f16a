/**
 * A code that a console exchanges for its tokens.
 *
 * @see RFC 6749, section 4.1.2; RFC 7636, section 4.4
 * @module
 */

import type { EpochMs } from "@postern/std";
import type { SessionId } from "../sessions/session.ts";
import type { UserId } from "../users/user.ts";

/** A code, spent or not. */
export interface OauthCode {
  /** SHA-256 of it. */
  readonly codeHash: string;
  readonly userId: UserId;
  readonly redirectUri: string;
  readonly codeChallenge: string;
  /** When the browser that allowed it had signed in. */
  readonly signedInAt: EpochMs;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs;
  /** What it was spent on; null: not spent. */
  readonly sessionId: SessionId | null;
  /** Session of the browser that allowed it. A code is not to outlive it; null: of an older version. */
  readonly allowedBy: SessionId | null;
  /** The one operation that the sign-in is to be fresh for; null: for all. */
  readonly stepUpFor: string | null;
}
