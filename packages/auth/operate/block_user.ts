/**
 * Keeping a user out, and letting one in again.
 *
 * Who it is, and whether it may be done, is read within the transaction: of two who block the last
 * two owners at once, the second is refused.
 *
 * @module
 */

import { type EpochMs, err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { LAST_OWNER, refuseBlocking, type TargetRefusal } from "../admin/guard_target.ts";
import type { AdminActionIn } from "../events/actions.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import type { AuthTx, Written } from "../store.ts";
import type { InvalidFields } from "../users/field_problem.ts";
import { isBlocked, type User, type UserId } from "../users/user.ts";

/** Whom to block, why, and for how long. */
export interface BlockUser {
  readonly id: UserId;
  readonly reason: string | null;
  /** Must lie ahead. null: until it is lifted. */
  readonly until: EpochMs | null;
}

/** What came of a block. */
export interface Blocked {
  readonly user: User;
  readonly sessionsEnded: number;
}

/**
 * Blocks a user, ends all of the user's sessions and voids the links that were sent. The one that takes
 * an address back still does: it is the owner's, and lets nobody in.
 */
export async function blockUser(
  deps: HasClock & HasStore,
  actor: Actor,
  command: BlockUser,
): Promise<Result<Blocked, TargetRefusal | InvalidFields>> {
  const at = deps.clock.now();
  const { id, reason, until } = command;
  if (until !== null && until <= at) {
    const detail = "The end of a block must lie ahead";
    return err({
      code: "invalid_request",
      errors: [{ path: "until", code: "invalid_request", detail }],
    });
  }
  const action = "admin.users.block";
  return await deps.store.write<Result<Blocked, TargetRefusal>>(async (tx) => {
    const user = await tx.findUser(id);
    if (user === null) return unknown(actor, { at, action, id });
    const refusal = refuseBlocking(actor, user, at) ?? (await refuseLastOwner(tx, user, at));
    if (refusal !== null) {
      const details = { reason, refused: refusal.code };
      const event = eventOf(actor, { at, action, user, success: false, details });
      return { value: err(refusal), event };
    }
    const patch = { blockedAt: at, blockedUntil: until, blockReason: reason };
    const updated = await tx.updateUser(user.id, patch);
    const ended = await tx.endSessions({ userId: user.id }, at, "blocked");
    await tx.voidLinks(user.id, ["reset_password", "verify_email", "email_change"]);
    const before = { blocked: isBlocked(user, at), reason: user.blockReason };
    const details = { reason, until, before, sessions_ended: ended.length };
    const value = { user: updated.ok ? updated.value : user, sessionsEnded: ended.length };
    return { value: ok(value), event: eventOf(actor, { at, action, user, details }) };
  });
}

/** Lets a blocked user in again. */
export async function unblockUser(
  deps: HasClock & HasStore,
  actor: Actor,
  command: { readonly id: UserId },
): Promise<Result<User, TargetRefusal>> {
  const at = deps.clock.now();
  const { id } = command;
  const action = "admin.users.unblock";
  return await deps.store.write<Result<User, TargetRefusal>>(async (tx) => {
    const user = await tx.findUser(id);
    if (user === null) return unknown(actor, { at, action, id });
    const refusal = refuseBlocking(actor, user, at);
    if (refusal !== null) {
      const details = { refused: refusal.code };
      const event = eventOf(actor, { at, action, user, success: false, details });
      return { value: err(refusal), event };
    }
    const patch = { blockedAt: null, blockedUntil: null, blockReason: null };
    const updated = await tx.updateUser(user.id, patch);
    const details = { was_blocked: user.blockedAt !== null };
    const event = eventOf(actor, { at, action, user, details });
    return { value: ok(updated.ok ? updated.value : user), event };
  });
}

async function refuseLastOwner(tx: AuthTx, user: User, at: EpochMs): Promise<TargetRefusal | null> {
  if (user.role !== "owner") return null;
  return (await tx.countOtherOwners(user.id, at)) > 0 ? null : LAST_OWNER;
}

function unknown(
  actor: Actor,
  of: { readonly at: EpochMs; readonly action: AdminActionIn<"users">; readonly id: UserId },
): Written<Result<never, TargetRefusal>> {
  const details = { id: of.id, refused: "not_found" };
  const event = eventOf(actor, { at: of.at, action: of.action, success: false, details });
  return { value: err({ code: "not_found" }), event };
}
