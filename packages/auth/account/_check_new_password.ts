/**
 * The rules for a new password of a user who exists.
 *
 * @see NIST SP 800-63B-4, section 3.1.1.2
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import { checkPassword } from "../passwords/check_password.ts";
import { ADMIN_PASSWORD_MIN_LENGTH } from "../passwords/limits.ts";
import type { Policy } from "../ports.ts";
import type { InvalidFields } from "../users/field_problem.ts";
import type { User } from "../users/user.ts";

/** Checks a new password; `path` of what is wrong is `new_password`. */
export function checkNewPassword(
  policy: Policy,
  user: User,
  password: string,
): Result<null, InvalidFields> {
  const least = user.role === null ? 0 : ADMIN_PASSWORD_MIN_LENGTH;
  const rules = {
    minLength: Math.max(policy.passwordMinLength, least),
    isCommon: policy.isCommonPassword,
  };
  const about = { username: user.username, email: user.email, name: user.name ?? "" };
  const errors = checkPassword(password, about, rules).map((failure) => ({
    path: "new_password",
    ...failure,
  }));
  return errors.length > 0 ? err({ code: "invalid_request", errors }) : ok(null);
}
