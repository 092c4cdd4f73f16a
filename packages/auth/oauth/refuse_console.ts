/**
 * Who may let a console in: who has a role, and no password that is shorter than an administrator's.
 *
 * @module
 */

import type { User } from "../users/user.ts";

/** Why somebody may not. */
export type ConsoleRefusal =
  | "no_role"
  /** An administrator wants another password of this one, and a session from before is no way around. */
  | "password_change_required"
  | "short_password"
  /** How long it is was not known when it was set. The next sign-in with it tells. */
  | "unknown_password";

/** Why a user may not let a console in; null where that is fine. Whoever has no password signs in by a provider. */
export function refuseConsole(
  user: Pick<User, "role" | "passwordHash" | "passwordIsLong" | "mustChangePassword">,
): ConsoleRefusal | null {
  if (user.role === null) return "no_role";
  if (user.mustChangePassword) return "password_change_required";
  if (user.passwordHash === null || user.passwordIsLong === true) return null;
  return user.passwordIsLong === null ? "unknown_password" : "short_password";
}
