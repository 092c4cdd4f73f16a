/**
 * An invitation: a link in a mail by which somebody makes an account for that address.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";

/** An invitation that was sent and not accepted. */
export interface Invitation {
  /** SHA-256 of the token in its link. */
  readonly tokenHash: string;
  /** As given. */
  readonly email: string;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs;
}
