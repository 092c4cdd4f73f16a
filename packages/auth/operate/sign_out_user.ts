/**
 * Signing a user out everywhere.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { mayEndSessionsOf, type TargetRefusal } from "../admin/guard_target.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import type { UserId } from "../users/user.ts";

/** Ends all of a user's sessions. */
export async function signOutUser(
  deps: HasClock & HasStore,
  actor: Actor,
  command: { readonly id: UserId },
): Promise<Result<{ readonly sessionsEnded: number }, TargetRefusal>> {
  const at = deps.clock.now();
  const user = await deps.store.findUser(command.id);
  if (user === null) return err({ code: "not_found" });
  if (!mayEndSessionsOf(actor, user)) return err({ code: "forbidden" });
  return await deps.store.write(async (tx) => {
    const ended = await tx.endSessions({ userId: user.id }, at, "signed_out");
    const details = { sessions_ended: ended.length };
    const event = eventOf(actor, { at, action: "admin.users.sign_out", user, details });
    return { value: ok({ sessionsEnded: ended.length }), event };
  });
}
