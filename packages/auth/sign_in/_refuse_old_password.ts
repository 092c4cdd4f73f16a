/**
 * Refusing a sign-in with a right password that must be changed first, and sending a link that changes it.
 *
 * The link goes to the account's address: whoever else knows the password, which may be why it must be
 * changed, gets nowhere with it.
 *
 * @module
 */

import { type EpochMs, err, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import { sendResetLink } from "../links/send_reset_link.ts";
import type { HasLimiter, HasRandom, HasSha256, HasStore } from "../ports.ts";
import { emailKey } from "../users/check_email.ts";
import type { User } from "../users/user.ts";

/** Refuses, and sends a link, as often as an account may be sent one. */
export async function refuseOldPassword(
  deps: HasStore & HasRandom & HasSha256 & HasLimiter,
  actor: Actor,
  { user, at }: { readonly user: User; readonly at: EpochMs },
): Promise<Result<never, { readonly code: "password_change_required" }>> {
  const mayMail = (await deps.limiter.take("forgot_account", emailKey(user.email))).ok;
  return await deps.store.write(async (tx) => {
    if (mayMail) await sendResetLink(deps, tx, { user, at });
    const details = { method: "password", reason: "password_change_required" };
    const facts = { at, action: "failed_login", user, success: false, details } as const;
    return { value: err({ code: "password_change_required" }), event: eventOf(actor, facts) };
  });
}
