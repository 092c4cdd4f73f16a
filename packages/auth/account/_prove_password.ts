/**
 * Asking a signed-in user for the current password, limited as a sign-in is: where none is asked
 * for, too, since what follows sends mails to whom the user names.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { UserActor } from "../actor.ts";
import { RECENT_SIGN_IN_MS } from "../lifetimes.ts";
import type { RateLimited } from "../limits/limiter.ts";
import type { HasherBusy } from "../passwords/ports.ts";
import type { HasClock, HasHasher, HasLimiter } from "../ports.ts";
import type { User } from "../users/user.ts";

/** Why the password was not proven. */
export type ProvePasswordError =
  | { readonly code: "wrong_password" }
  | { readonly code: "step_up_required" }
  | HasherBusy
  | RateLimited;

/** A password to prove, and whom limits count by address. */
export interface Proof {
  readonly user: User;
  /** null where none was given. Where the account has one, that is a wrong one. */
  readonly password: string | null;
  readonly addressKey: string;
}

/** Proves the current password, or that the sign-in is recent where the account has none. */
export async function provePassword(
  deps: HasClock & HasHasher & HasLimiter,
  actor: UserActor,
  proof: Proof,
): Promise<Result<null, ProvePasswordError>> {
  const { user, password } = proof;
  const byAddress = await deps.limiter.take("login_address", proof.addressKey);
  if (!byAddress.ok) return byAddress;
  const byAccount = await deps.limiter.take("login_account", `user:${user.id}`);
  if (!byAccount.ok) return byAccount;
  if (user.passwordHash === null) {
    const isRecent = deps.clock.now() - actor.signedInAt < RECENT_SIGN_IN_MS;
    return isRecent ? ok(null) : err({ code: "step_up_required" });
  }
  if (password === null) return err({ code: "wrong_password" });
  const verified = await deps.hasher.verify(user.passwordHash, password);
  if (!verified.ok) return verified;
  return verified.value.matches ? ok(null) : err({ code: "wrong_password" });
}
