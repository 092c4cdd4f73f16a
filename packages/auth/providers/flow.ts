/**
 * A visit to a provider that has begun: what must be known when the visitor comes back.
 *
 * @see RFC 6749, section 10.12 (state); RFC 7636 (PKCE); RFC 9700, section 4.4 (mix-up)
 * @module
 */

import type { EpochMs } from "@postern/std";
import type { SessionId } from "../sessions/session.ts";
import type { UserId } from "../users/user.ts";

/** A visit that has begun. */
export interface Flow {
  /** SHA-256 of the `state`. */
  readonly stateHash: string;
  readonly providerId: string;
  readonly issuer: string;
  /** Sealed for `flow:<state hash>`: PKCE verifier and nonce, as JSON. */
  readonly sealedSecrets: string;
  /** SHA-256 of the cookie of the browser that began. */
  readonly browserHash: string;
  /** Where to go afterwards: a path of ours, or a URL of an allowed origin. */
  readonly next: string;
  /** Who links, and in which session; null: somebody signs in. */
  readonly link: { readonly userId: UserId; readonly sessionId: SessionId } | null;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs;
}

/** The place that the secrets of a visit are sealed for. */
export function flowContext(stateHash: string): string {
  return `flow:${stateHash}`;
}
