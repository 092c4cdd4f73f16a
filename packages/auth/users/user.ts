/**
 * A user: one account.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";

declare const userId: unique symbol;

/** A user's number, kept from the system before this one, where tokens promise it. */
export type UserId = number & { readonly [userId]: true };

/** What an administrator may do. */
export type Role = "owner" | "security" | "support" | "auditor";

/** One account, as the rules see it. */
export interface User {
  readonly id: UserId;
  readonly username: string;
  /** As given. Compared in lower case. */
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string | null;
  readonly picture: string | null;
  /** Encoded hash with its parameters; null where the account has no password. */
  readonly passwordHash: string | null;
  /** Whether the password is as long as an administrator's must be; null where that is not known, or there is none. */
  readonly passwordIsLong: boolean | null;
  /** Whether the next sign-in with the password must change it. */
  readonly mustChangePassword: boolean;
  readonly role: Role | null;
  readonly blockedAt: EpochMs | null;
  /** When a block ends by itself; null: never. */
  readonly blockedUntil: EpochMs | null;
  readonly blockReason: string | null;
  readonly createdAt: EpochMs;
}

/** What of a user can be changed. */
export type UserPatch = Partial<
  Pick<
    User,
    | "username"
    | "email"
    | "emailVerified"
    | "name"
    | "picture"
    | "passwordHash"
    | "passwordIsLong"
    | "mustChangePassword"
    | "role"
    | "blockedAt"
    | "blockedUntil"
    | "blockReason"
  >
>;

/**
 * Tells whether a user is kept out.
 *
 * @param now Exactly at the end of a block it no longer holds.
 */
export function isBlocked(user: User, now: EpochMs): boolean {
  if (user.blockedAt === null) return false;
  return user.blockedUntil === null || now < user.blockedUntil;
}
