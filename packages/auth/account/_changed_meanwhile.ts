/**
 * Whether what a change rests on has gone since it was looked at.
 *
 * A password takes long to check, and meanwhile the owner may have ended the session that asks.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";
import type { UserActor } from "../actor.ts";
import type { AuthTx } from "../store.ts";
import { isBlocked, type User } from "../users/user.ts";

/** Tells whether the user has another password since, is blocked, or the session of the actor has ended. */
export async function hasChangedMeanwhile(
  tx: AuthTx,
  actor: UserActor,
  { user, at }: { readonly user: User; readonly at: EpochMs },
): Promise<boolean> {
  const fresh = await tx.findUser(user.id);
  const holder = await tx.findSession(actor.sessionId);
  if (fresh === null || holder === null) return true;
  if (fresh.passwordHash !== user.passwordHash || isBlocked(fresh, at)) return true;
  return holder.session.endedAt !== null;
}
