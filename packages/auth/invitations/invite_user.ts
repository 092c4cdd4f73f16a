/**
 * Inviting somebody to make an account, also where signups are closed.
 *
 * @module
 */

import { after, type EpochMs, err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import { INVITATION_MS } from "../lifetimes.ts";
import type { RateLimited } from "../limits/limiter.ts";
import { takeAdminMail } from "../limits/take_admin_mail.ts";
import { newSecret } from "../links/secret.ts";
import type { HasClock, HasLimiter, HasRandom, HasSha256, HasStore } from "../ports.ts";
import { checkEmail } from "../users/check_email.ts";
import type { InvalidFields } from "../users/field_problem.ts";

/** What inviting needs. */
export type InviteUserDeps = HasClock & HasStore & HasRandom & HasSha256 & HasLimiter;

/** An invitation as it was sent. */
export interface Invited {
  readonly email: string;
  readonly expiresAt: EpochMs;
}

/** Why nobody was invited: `conflict` where an account has the address. */
export type InviteUserError =
  | InvalidFields
  | RateLimited
  | { readonly code: "conflict"; readonly detail: string };

/** Sends an invitation; an older one for the same address is void. */
export async function inviteUser(
  deps: InviteUserDeps,
  actor: Actor,
  command: { readonly email: string },
): Promise<Result<Invited, InviteUserError>> {
  const email = checkEmail(command.email.trim());
  if (!email.ok) return err({ code: "invalid_request", errors: [email.error] });
  const taken = await takeAdminMail(deps, actor, email.value);
  if (!taken.ok) return taken;
  const at = deps.clock.now();
  const token = newSecret(deps.random);
  const invitation = {
    tokenHash: deps.sha256(token),
    email: email.value,
    createdAt: at,
    expiresAt: after(at, INVITATION_MS),
  };
  const action = "admin.users.invite";
  return await deps.store.write<Result<Invited, InviteUserError>>(async (tx) => {
    const owner = await tx.findUserByEmail(email.value);
    if (owner !== null) {
      const details = { email: email.value, refused: "conflict" };
      const event = eventOf(actor, { at, action, user: owner, success: false, details });
      return { value: err({ code: "conflict", detail: "An account has this address" }), event };
    }
    await tx.putInvitation(invitation);
    await tx.queueMail(email.value, { kind: "invitation", token, lifeMs: INVITATION_MS }, at);
    const event = eventOf(actor, { at, action, details: { email: email.value } });
    return { value: ok({ email: email.value, expiresAt: invitation.expiresAt }), event };
  });
}
