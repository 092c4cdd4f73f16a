/**
 * Users as rows.
 *
 * @module
 */

import type { NewUser, Role, User, UserId } from "@postern/auth";
import { epochMs } from "@postern/std";
import { momentOrNull, rowKind } from "./_rows.ts";
import type { users } from "./schema/users.ts";

/** A user's row. */
export type UserRow = typeof users.$inferSelect;

const NEW_COLUMNS = {
  username: true,
  email: true,
  email_key: true,
  email_verified: true,
  name: true,
  picture: true,
  password_hash: true,
  password_is_long: true,
  must_change_password: true,
  role: true,
  blocked_at: true,
  blocked_until: true,
  block_reason: true,
  created_at: true,
} as const;

/** How users are written that have no number yet. */
export const NEW_USERS = rowKind<Omit<UserRow, "id">>("users", NEW_COLUMNS);

/** How users are read. */
export const USERS = rowKind<UserRow>("users", { id: true, ...NEW_COLUMNS });

/** Makes a row of a user that has no number yet. */
export function newUserRow(user: NewUser): Omit<UserRow, "id"> {
  return {
    username: user.username.toLowerCase(),
    email: user.email,
    email_key: user.email.toLowerCase(),
    email_verified: user.emailVerified ? 1 : 0,
    name: user.name,
    picture: user.picture,
    password_hash: user.passwordHash,
    password_is_long: cellOf(user.passwordIsLong ?? null),
    must_change_password: user.mustChangePassword === true ? 1 : 0,
    role: user.role,
    blocked_at: user.blockedAt,
    blocked_until: user.blockedUntil,
    block_reason: user.blockReason,
    created_at: user.createdAt,
  };
}

/** Makes a user of a row. */
export function userOf(row: UserRow): User {
  return {
    id: row.id as UserId,
    username: row.username,
    email: row.email,
    emailVerified: row.email_verified === 1,
    name: row.name,
    picture: row.picture,
    passwordHash: row.password_hash,
    passwordIsLong: row.password_is_long === null ? null : row.password_is_long === 1,
    mustChangePassword: row.must_change_password === 1,
    role: row.role as Role | null,
    blockedAt: momentOrNull(row.blocked_at),
    blockedUntil: momentOrNull(row.blocked_until),
    blockReason: row.block_reason,
    createdAt: epochMs(row.created_at),
  };
}

function cellOf(value: boolean | null): number | null {
  return value === null ? null : Number(value);
}
