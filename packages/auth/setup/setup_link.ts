/**
 * A link that makes an owner. Whoever has it becomes one, once.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";

/** A link that was printed and not spent. */
export interface SetupLink {
  /** SHA-256 of the token in it. */
  readonly tokenHash: string;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs;
}
