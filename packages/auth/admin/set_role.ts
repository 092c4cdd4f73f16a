/**
 * Making somebody an administrator, of another kind, or none.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import type { Role, User, UserId } from "../users/user.ts";
import { isFresh, LAST_OWNER, type TargetRefusal } from "./guard_target.ts";

/** Whose role, and which; null takes it away. */
export interface SetRole {
  readonly id: UserId;
  readonly role: Role | null;
  /** What was shown: refused where it is another by now. */
  readonly expected?: Role | null | undefined;
}

/**
 * Sets a user's role and ends the user's sessions, since their lifetimes and permissions are the
 * old role's. The last owner who can sign in stays one.
 */
export async function setRole(
  deps: HasClock & HasStore,
  actor: Actor,
  { id, role, expected }: SetRole,
): Promise<Result<User, TargetRefusal>> {
  const at = deps.clock.now();
  const action = "admin.users.set_role";
  return await deps.store.write<Result<User, TargetRefusal>>(async (tx) => {
    const user = await tx.findUser(id);
    const isLast =
      user?.role === "owner" && role !== "owner" && (await tx.countOtherOwners(id, at)) === 0;
    const isStale = expected !== undefined && user !== null && user.role !== expected;
    const refusal = refuse(actor, { user, isLast, isStale, isFresh: isFresh(actor, at) });
    const details = { before: user?.role ?? null, after: role };
    if (refusal !== null || user === null) {
      const error = refusal ?? { code: "not_found" };
      const refused = { ...details, id, refused: error.code };
      const event = eventOf(actor, { at, action, user, success: false, details: refused });
      return { value: err(error), event };
    }
    const event = eventOf(actor, { at, action, user, details });
    if (user.role === role) return { value: ok(user), event };
    const updated = await tx.updateUser(id, { role });
    await tx.endSessions({ userId: id }, at, "signed_out");
    return { value: ok(updated.ok ? updated.value : user), event };
  });
}

function refuse(
  actor: Actor,
  facts: {
    readonly user: User | null;
    readonly isLast: boolean;
    readonly isStale: boolean;
    readonly isFresh: boolean;
  },
): TargetRefusal | null {
  if (actor.type === "user" && actor.role !== "owner") return { code: "forbidden" };
  if (!facts.isFresh) return { code: "step_up_required" };
  if (facts.user === null) return { code: "not_found" };
  if (facts.isStale) return { code: "conflict" };
  return facts.isLast ? LAST_OWNER : null;
}
