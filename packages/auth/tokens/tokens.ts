/**
 * The port that signs tokens and verifies them, and what is in them.
 *
 * @see RFC 7519 (JWT), RFC 9068 (access tokens as JWT)
 * @module
 */

import type { EpochMs, Result } from "@postern/std";
import type { KeyId } from "../keys/key.ts";
import type { ConsoleBinding, SessionId } from "../sessions/session.ts";
import type { UserId } from "../users/user.ts";

/** What a token is for. One type is refused where the other is meant. */
export type TokenType = "access" | "refresh" | "console";

/** What both types of token say. */
export interface Claims {
  readonly type: TokenType;
  readonly id: string;
  readonly sessionId: SessionId;
  readonly userId: UserId;
  readonly issuedAt: EpochMs;
  readonly expiresAt: EpochMs;
  /** Only in access tokens. */
  readonly username?: string;
  /** Only in access tokens. */
  readonly email?: string;
  /** Only in access tokens of consoles. */
  readonly console?: ConsoleBinding;
}

/** Claims of a token that verified, and the key that signed it. */
export interface VerifiedClaims extends Claims {
  readonly keyId: KeyId;
}

/** Why a token was refused. */
export type TokenError = { readonly code: "invalid_token" } | { readonly code: "token_expired" };

/** Signs and verifies tokens. */
export interface Tokens {
  /** The key that signs now. */
  signingKeyId(): KeyId;
  /** Signs with a key of the ring; one that left it a moment ago still does, though nothing verifies by it. */
  sign(claims: Claims, keyId: KeyId): Promise<string>;
  verify(token: string, type: TokenType): Promise<Result<VerifiedClaims, TokenError>>;
}
