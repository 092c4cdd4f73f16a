/**
 * Keys and the rings that they stand in.
 *
 * `next` is published before it is used, `current` signs or seals, `previous` still verifies or
 * opens, `retired` does nothing any more.
 *
 * @see NIST SP 800-57 Part 1 Rev. 5, section 5.3 (cryptoperiods)
 * @module
 */

import type { EpochMs, Id } from "@postern/std";

/** A key's public name: the `kid` of tokens. */
export type KeyId = Id<"key">;

/** What the keys of a ring are for: token signing, CSRF and cookies, stored secrets. */
export type Ring = "signing" | "cookies" | "secrets";

/** All rings. */
export const RINGS: readonly Ring[] = ["signing", "cookies", "secrets"];

/** Where a key stands. */
export type KeyState = "next" | "current" | "previous" | "retired";

/** A key, its secret sealed under the root key. */
export interface Key {
  readonly id: KeyId;
  readonly ring: Ring;
  readonly state: KeyState;
  readonly sealedSecret: string;
  /** JSON Web Key of the public half; null for keys that have none. */
  readonly publicJwk: string | null;
  readonly createdAt: EpochMs;
  /** When it became current; null: not yet. */
  readonly currentAt: EpochMs | null;
  /** When it became previous; null: not yet. */
  readonly previousAt: EpochMs | null;
  readonly retiredAt: EpochMs | null;
}

/** What still depends on a key. */
export interface Dependants {
  readonly sessions: number;
  readonly tokens: number;
  readonly secrets: number;
}
