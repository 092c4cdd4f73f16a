/**
 * A user, as that user sees it.
 *
 * @module
 */

import type { User } from "@postern/auth";
import type { EpochMs } from "@postern/std";
import type { User as UserShape } from "@postern/wire";

/** The shape of a user on the wire. */
export function userShape(user: User): UserShape {
  return {
    id: String(user.id),
    username: user.username,
    email: user.email,
    email_verified: user.emailVerified,
    name: user.name,
    picture: user.picture,
    role: user.role,
    has_password: user.passwordHash !== null,
    created_at: timestampOf(user.createdAt),
  };
}

/** A moment on the wire. RFC 3339, with milliseconds. */
export function timestampOf(at: EpochMs): string {
  return new Date(at).toISOString();
}
