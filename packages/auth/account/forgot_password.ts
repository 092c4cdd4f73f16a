/**
 * Asking for a link that sets a new password. The answer is the same for every address.
 *
 * @see OWASP Forgot Password Cheat Sheet, "Forgot Password Request"
 * @module
 */

import { ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { RateLimited } from "../limits/limiter.ts";
import { sendResetLink } from "../links/send_reset_link.ts";
import type { HasClock, HasLimiter, HasRandom, HasSha256, HasStore } from "../ports.ts";
import { emailKey } from "../users/check_email.ts";
import { isBlocked, type User } from "../users/user.ts";

/** What asking for a link needs. */
export type ForgotPasswordDeps = HasClock & HasStore & HasRandom & HasSha256 & HasLimiter;

/** The address of the account. */
export interface ForgotPassword {
  readonly email: string;
  /** Whom limits count by address. */
  readonly addressKey: string;
}

/** Longest address that is looked up, characters. */
const EMAIL_MAX_LENGTH = 254;

/** Sends a link, where there is an account to send one for. */
export async function forgotPassword(
  deps: ForgotPasswordDeps,
  actor: Actor,
  command: ForgotPassword,
): Promise<Result<null, RateLimited>> {
  const key = emailKey(command.email.trim().slice(0, EMAIL_MAX_LENGTH));
  const byAddress = await deps.limiter.take("forgot_address", command.addressKey);
  if (!byAddress.ok) return byAddress;
  const isOften = !(await deps.limiter.take("forgot_account", key)).ok;
  const at = deps.clock.now();
  const user = await deps.store.findUserByEmail(key);
  const refusal = refusalOf(user, isOften, user !== null && isBlocked(user, at));
  await deps.store.write(async (tx) => {
    if (user !== null && refusal === null) {
      await sendResetLink(deps, tx, { user, at });
    }
    const details = { stage: "asked", ...(refusal === null ? {} : { reason: refusal }) };
    const success = refusal === null;
    return {
      value: null,
      event: eventOf(actor, { at, action: "password_reset", user, success, details }),
    };
  });
  return ok(null);
}

function refusalOf(user: User | null, isOften: boolean, blocked: boolean): string | null {
  if (user === null) return "unknown_account";
  if (isOften) return "rate_limited";
  return blocked ? "blocked" : null;
}
