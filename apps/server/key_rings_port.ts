/**
 * The port to the key rings: unsealed and in memory.
 *
 * @module
 */

import type { Claims, CookieKey, KeyId, KeyMaker, Sealer, TokenType } from "@postern/auth";
import type { EpochMs, Result } from "@postern/std";

/** Signs and verifies with one key. */
export interface KeyTokens {
  sign(claims: Claims): Promise<string>;
  /** What the token says; `undefined` where it is not one of this key, type, issuer and audience. */
  read(token: string, type: TokenType): Promise<Record<string, unknown> | undefined>;
}

/** The keys that tokens may be signed with, as they are at the moment. */
export interface SigningKeys {
  readonly current: KeyId;
  readonly byId: ReadonlyMap<string, KeyTokens>;
  /**
   * Keys that left the ring a moment ago. They verify nothing; what was promised to be signed with
   * one still is, so that its caller hears of an ended session instead of an error of ours.
   */
  readonly leaving: ReadonlyMap<string, KeyTokens>;
}

/** The rings. */
export interface KeyRings {
  /** Reads all keys anew. */
  reload(): Promise<Result<null, { readonly code: "keys_unreadable"; readonly message: string }>>;
  signing(): SigningKeys;
  /** The current key first. */
  cookies(): readonly CookieKey[];
  readonly sealer: Sealer;
  readonly maker: KeyMaker;
  /** JSON Web Key Set of every key that verifies tokens, the next one too. RFC 7517, section 5. */
  publicKeys(): string;
  /** When the keys were read last; null: never. */
  loadedAt(): EpochMs | null;
}
