/**
 * Which users an administrator may act on, beside what the role permits in general.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";
import type { Actor, UserActor } from "../actor.ts";
import { RECENT_SIGN_IN_MS } from "../lifetimes.ts";
import type { User } from "../users/user.ts";

/** Why an administrator may not act on a user, or not now. */
export type TargetRefusal =
  | { readonly code: "not_found" }
  | { readonly code: "forbidden" }
  | { readonly code: "step_up_required" }
  /** It is the last owner who can sign in, as the words say, or was changed meanwhile. */
  | { readonly code: "conflict"; readonly detail?: string };

/** The last owner who can sign in stays one. */
export const LAST_OWNER: TargetRefusal = {
  code: "conflict",
  detail: "It is the last owner who can sign in",
};

/**
 * Tells whether whoever asks has signed in a moment ago. Who is not a user need not. One whose sign-in is for
 * a single operation has not, but for that one: see `actorFor`.
 */
export function isFresh(actor: Actor, now: EpochMs): boolean {
  if (actor.type !== "user") return true;
  return actor.stepUpFor === undefined && now - actor.signedInAt <= RECENT_SIGN_IN_MS;
}

/**
 * Tells whether an administrator may end a user's sessions: whoever may block the user, and everybody one's
 * own. Else `support` could keep those out who look into what `support` did.
 */
export function mayEndSessionsOf(actor: Actor, target: Pick<User, "id" | "role">): boolean {
  return actor.type !== "user" || actor.userId === target.id || outranks(actor, target);
}

/** Why an administrator may not block or unblock a user; null where that is fine. */
export function refuseBlocking(actor: Actor, target: User, now: EpochMs): TargetRefusal | null {
  if (actor.type !== "user" || target.role === null) return null;
  if (!outranks(actor, target)) return { code: "forbidden" };
  return isFresh(actor, now) ? null : { code: "step_up_required" };
}

/** `owner` may act on all, `security` on all but owners, and others on those who have no role. */
function outranks({ role }: Pick<UserActor, "role">, target: Pick<User, "role">): boolean {
  if (target.role === null || role === "owner") return true;
  return role === "security" && target.role !== "owner";
}
