/**
 * Keeping a user out, and letting one in again.
 *
 * @module
 */

import { type EpochMs, err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import type { InvalidFields } from "../users/field_problem.ts";
import type { User, UserId } from "../users/user.ts";

/** Whom to block, why, and for how long. */
export interface BlockUser {
  readonly id: UserId;
  readonly reason: string | null;
  /** Must lie ahead. null: until it is lifted. */
  readonly until: EpochMs | null;
}

/** A user who is kept out now. */
export interface Blocked {
  readonly user: User;
  readonly sessionsEnded: number;
}

/** There is no such user. */
export interface UserNotFound {
  readonly code: "not_found";
}

/**
 * Blocks a user, ends all of the user's sessions and voids the links that were sent. The one that takes
 * an address back still does: it is the owner's, and lets nobody in.
 */
export async function blockUser(
  deps: HasClock & HasStore,
  actor: Actor,
  command: BlockUser,
): Promise<Result<Blocked, UserNotFound | InvalidFields>> {
  const at = deps.clock.now();
  if (command.until !== null && command.until <= at) {
    const detail = "The end of a block must lie ahead";
    return err({
      code: "invalid_request",
      errors: [{ path: "until", code: "invalid_request", detail }],
    });
  }
  const user = await deps.store.findUser(command.id);
  if (user === null) return err({ code: "not_found" });
  return await deps.store.write(async (tx) => {
    const patch = { blockedAt: at, blockedUntil: command.until, blockReason: command.reason };
    const updated = await tx.updateUser(user.id, patch);
    const ended = await tx.endSessions({ userId: user.id }, at, "blocked");
    await tx.voidLinks(user.id, ["reset_password", "verify_email", "email_change"]);
    const details = { reason: command.reason, until: command.until, sessions_ended: ended.length };
    const event = eventOf(actor, { at, action: "admin.users.block", user, details });
    return {
      value: ok({ user: updated.ok ? updated.value : user, sessionsEnded: ended.length }),
      event,
    };
  });
}

/** Lets a blocked user in again. */
export async function unblockUser(
  deps: HasClock & HasStore,
  actor: Actor,
  command: { readonly id: UserId },
): Promise<Result<User, UserNotFound>> {
  const at = deps.clock.now();
  const user = await deps.store.findUser(command.id);
  if (user === null) return err({ code: "not_found" });
  return await deps.store.write(async (tx) => {
    const patch = { blockedAt: null, blockedUntil: null, blockReason: null };
    const updated = await tx.updateUser(user.id, patch);
    const details = { was_blocked: user.blockedAt !== null };
    const event = eventOf(actor, { at, action: "admin.users.unblock", user, details });
    return { value: ok(updated.ok ? updated.value : user), event };
  });
}
