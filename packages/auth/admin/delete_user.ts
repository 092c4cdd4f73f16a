/**
 * Deleting a user, with everything that belongs to it: sessions, tokens, links, identities, memberships.
 *
 * Events stay, and name the user by number and name as they were. Messages stay too, without an author.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import type { User, UserId } from "../users/user.ts";
import { isFresh, refuseBlocking, type TargetRefusal } from "./guard_target.ts";

/** Whom to delete, and why. */
export interface DeleteUser {
  readonly id: UserId;
  readonly reason: string | null;
}

/** What went with the user. */
export interface DeletedUser {
  readonly user: User;
  readonly sessionsEnded: number;
}

/** Deletes a user. Nobody deletes oneself, nor the last owner who can sign in. */
export async function deleteUser(
  deps: HasClock & HasStore,
  actor: Actor,
  { id, reason }: DeleteUser,
): Promise<Result<DeletedUser, TargetRefusal>> {
  const at = deps.clock.now();
  const action = "admin.users.delete";
  return await deps.store.write<Result<DeletedUser, TargetRefusal>>(async (tx) => {
    const user = await tx.findUser(id);
    const isLast = user?.role === "owner" && (await tx.countOtherOwners(id, at)) === 0;
    const isOwn = actor.type === "user" && actor.userId === id;
    const refusal = refuse(actor, {
      user,
      isKept: isLast || isOwn,
      isFresh: isFresh(actor, at),
      at,
    });
    if (user === null || refusal !== null) {
      const error = refusal ?? { code: "not_found" };
      const details = { id, reason, refused: error.code };
      const event = eventOf(actor, { at, action, user, success: false, details });
      return { value: err(error), event };
    }
    const ended = await tx.endSessions({ userId: id }, at, "signed_out");
    await tx.deleteSignupsOf(user.email);
    await tx.deleteUser(id);
    const details = { reason, role: user.role, sessions_ended: ended.length };
    const value = { user, sessionsEnded: ended.length };
    return { value: ok(value), event: eventOf(actor, { at, action, user, details }) };
  });
}

interface Facts {
  readonly user: User | null;
  readonly isKept: boolean;
  readonly isFresh: boolean;
  readonly at: Parameters<typeof refuseBlocking>[2];
}

function refuse(actor: Actor, facts: Facts): TargetRefusal | null {
  if (facts.user === null) return { code: "not_found" };
  if (!facts.isFresh) return { code: "step_up_required" };
  const refusal = refuseBlocking(actor, facts.user, facts.at);
  if (refusal !== null) return refusal;
  if (!facts.isKept) return null;
  return { code: "conflict", detail: "Nobody deletes themselves, nor the last owner" };
}
