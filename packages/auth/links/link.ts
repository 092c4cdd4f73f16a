/**
 * Links in mails: each works once, and only its hash is kept.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";
import type { UserId } from "../users/user.ts";

/** What a link does. */
export type LinkKind = "verify_email" | "reset_password" | "email_change" | "email_undo";

/** A link that was sent and not spent. */
export interface Link {
  /** SHA-256 of the token in it. */
  readonly tokenHash: string;
  readonly kind: LinkKind;
  readonly userId: UserId;
  /** The address it was sent to, or gives back. */
  readonly email: string;
  /** SHA-256 of the cookie of the browser that asked; null where it had none. */
  readonly browserHash: string | null;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs;
}
