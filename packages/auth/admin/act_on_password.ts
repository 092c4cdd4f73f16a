/**
 * What an administrator may do about a user's password: want another at the next sign-in, and send the
 * link that sets one. Nobody but the user ever chooses it.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import type { AdminActionIn } from "../events/actions.ts";
import { type Details, eventOf } from "../events/event.ts";
import type { RateLimited } from "../limits/limiter.ts";
import { takeAdminMail } from "../limits/take_admin_mail.ts";
import { sendResetLink } from "../links/send_reset_link.ts";
import type { HasClock, HasLimiter, HasRandom, HasSha256, HasStore } from "../ports.ts";
import type { AuthTx } from "../store.ts";
import { isBlocked, type User, type UserId } from "../users/user.ts";
import { refuseBlocking, type TargetRefusal } from "./guard_target.ts";

/** Whose password. */
export interface ActOnPassword {
  readonly id: UserId;
}

/** Why nothing was done: `conflict` where the user has no password, or is blocked. */
type Outcome = Promise<Result<User, TargetRefusal>>;

/**
 * Wants another password at the next sign-in with this one. Sessions that are open stay: sign the user
 * out where they are not to.
 */
export async function requirePasswordChange(
  deps: HasClock & HasStore,
  actor: Actor,
  { id }: ActOnPassword,
): Outcome {
  return await act(deps, actor, {
    id,
    action: "admin.users.require_password_change",
    refuse: (user) => user.passwordHash === null,
    async work(tx, user) {
      const updated = await tx.updateUser(user.id, { mustChangePassword: true });
      const details = { before: user.mustChangePassword, after: true };
      return { user: updated.ok ? updated.value : user, details };
    },
  });
}

/** Sends the link that sets a new password, which ends every session when it is used. */
export async function sendReset(
  deps: HasClock & HasStore & HasRandom & HasSha256 & HasLimiter,
  actor: Actor,
  { id }: ActOnPassword,
): Promise<Result<User, TargetRefusal | RateLimited>> {
  const known = await deps.store.findUser(id);
  const taken = known === null ? null : await takeAdminMail(deps, actor, known.email);
  if (taken?.ok === false) return taken;
  return await act(deps, actor, {
    id,
    action: "admin.users.send_reset",
    refuse: (user) => isBlocked(user, deps.clock.now()),
    async work(tx, user) {
      await sendResetLink(deps, tx, { user, at: deps.clock.now() });
      return { user, details: {} };
    },
  });
}

interface Act {
  readonly id: UserId;
  readonly action: AdminActionIn<"users">;
  readonly refuse: (user: User) => boolean;
  readonly work: (tx: AuthTx, user: User) => Promise<{ user: User; details: Details }>;
}

async function act(deps: HasClock & HasStore, actor: Actor, what: Act): Outcome {
  const at = deps.clock.now();
  const { id, action } = what;
  return await deps.store.write<Result<User, TargetRefusal>>(async (tx) => {
    const user = await tx.findUser(id);
    const refusal = user === null ? NOT_FOUND : refuseBlocking(actor, user, at);
    const error = refusal ?? (user !== null && what.refuse(user) ? CONFLICT : null);
    if (user === null || error !== null) {
      const details = { id, refused: (error ?? NOT_FOUND).code };
      const event = eventOf(actor, { at, action, user, success: false, details });
      return { value: err(error ?? NOT_FOUND), event };
    }
    const done = await what.work(tx, user);
    return {
      value: ok(done.user),
      event: eventOf(actor, { at, action, user, details: done.details }),
    };
  });
}

const NOT_FOUND = { code: "not_found" } as const;
const CONFLICT = { code: "conflict" } as const;
