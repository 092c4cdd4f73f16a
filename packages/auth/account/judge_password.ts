/**
 * Telling which rules a password does not meet while it is being chosen. It changes nothing.
 *
 * @module
 */

import { checkPassword, type PasswordFailure } from "../passwords/check_password.ts";
import { ADMIN_PASSWORD_MIN_LENGTH } from "../passwords/limits.ts";
import type { AboutUser } from "../passwords/resembles_user.ts";
import type { HasClock, HasPolicy, HasSha256, HasStore } from "../ports.ts";
import type { User } from "../users/user.ts";

/** What judging needs. */
export type JudgePasswordDeps = HasClock & HasStore & HasSha256 & HasPolicy;

/** A password, and for whom: by what is typed beside it, or by the link that is to set it. */
export interface JudgePassword {
  readonly password: string;
  readonly about: AboutUser;
  /** Of a link; one that is not good counts for nothing, since it is told when it is spent. */
  readonly token: string | null;
}

/** Tells every rule that is not met; none where the password is good. */
export async function judgePassword(
  deps: JudgePasswordDeps,
  command: JudgePassword,
): Promise<readonly PasswordFailure[]> {
  const user = command.token === null ? null : await findOwner(deps, command.token);
  const { policy } = deps;
  const least = user === null || user.role === null ? 0 : ADMIN_PASSWORD_MIN_LENGTH;
  return checkPassword(command.password, user ?? command.about, {
    minLength: Math.max(policy.passwordMinLength, least),
    isCommon: policy.isCommonPassword,
  });
}

async function findOwner(deps: JudgePasswordDeps, token: string): Promise<User | null> {
  const link = await deps.store.findLink(deps.sha256(token), "reset_password");
  if (link === null || deps.clock.now() >= link.expiresAt) return null;
  return await deps.store.findUser(link.userId);
}
