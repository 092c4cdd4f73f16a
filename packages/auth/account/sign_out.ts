/**
 * Signing out: ends the session that asks.
 *
 * @module
 */

import type { UserActor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";

/** Ends the actor's own session. Ending it twice changes nothing. */
export async function signOut(deps: HasClock & HasStore, actor: UserActor): Promise<void> {
  const at = deps.clock.now();
  await deps.store.write(async (tx) => {
    const ended = await tx.endSessions({ id: actor.sessionId, userId: actor.userId }, at, "logout");
    const user = { id: actor.userId, username: actor.username };
    const details = { session: actor.sessionId };
    return {
      value: null,
      event: eventOf(actor, { at, action: "logout", user, success: ended.length > 0, details }),
    };
  });
}
