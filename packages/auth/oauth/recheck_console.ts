/**
 * Finds out whether whoever was let in may still be: for what stays open longer than a request.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { UserActor } from "../actor.ts";
import type { HasClock, HasStore } from "../ports.ts";
import { isLive } from "../sessions/session.ts";
import { isBlocked } from "../users/user.ts";

/** Finds the actor as it is now; nobody where its session has ended, or the user is blocked. */
export async function recheckConsole(
  deps: HasClock & HasStore,
  actor: UserActor,
): Promise<Result<UserActor, { readonly code: "session_ended" }>> {
  const found = await deps.store.findSession(actor.sessionId);
  const now = deps.clock.now();
  const isGood = found !== null && isLive(found.session, now) && !isBlocked(found.user, now);
  return isGood ? ok({ ...actor, role: found.user.role }) : err({ code: "session_ended" });
}
