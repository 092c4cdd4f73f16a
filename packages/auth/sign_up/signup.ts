/**
 * A signup that waits for its address to be proven. It holds no username and is no account.
 *
 * @module
 */

import type { EpochMs, Id } from "@postern/std";

/** A signup's id. */
export type SignupId = Id<"signup">;

/** A signup that waits. */
export interface Signup {
  readonly id: SignupId;
  readonly email: string;
  readonly username: string;
  readonly name: string | null;
  readonly passwordHash: string;
  /** SHA-256 of the cookie of the browser that signed up; null where it had none. */
  readonly browserHash: string | null;
  /** SHA-256 of the token in the newest link. */
  readonly linkHash: string;
  readonly linkExpiresAt: EpochMs;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs;
}
