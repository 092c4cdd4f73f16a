/**
 * Ending one's own sessions: one, or all the others.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { UserActor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import { isLive, type SessionId } from "../sessions/session.ts";

/** Which session. */
export interface EndSession {
  readonly id: SessionId;
}

/** Ends one of the actor's own sessions; another's is as unknown as one that never was. */
export async function endSession(
  deps: HasClock & HasStore,
  actor: UserActor,
  command: EndSession,
): Promise<Result<null, { readonly code: "not_found" }>> {
  const at = deps.clock.now();
  const found = await deps.store.findSession(command.id);
  if (found === null || found.user.id !== actor.userId || !isLive(found.session, at)) {
    return err({ code: "not_found" });
  }
  return await deps.store.write(async (tx) => {
    const ended = await tx.endSessions({ id: command.id, userId: actor.userId }, at, "revoked");
    const success = ended.length > 0;
    const details = { session: command.id };
    const event = eventOf(actor, {
      at,
      action: "session_revoke",
      user: found.user,
      success,
      details,
    });
    return { value: success ? ok(null) : err({ code: "not_found" as const }), event };
  });
}

/** Ends all of the actor's sessions but this one. */
export async function endOtherSessions(
  deps: HasClock & HasStore,
  actor: UserActor,
): Promise<number> {
  const at = deps.clock.now();
  return await deps.store.write(async (tx) => {
    const filter = { userId: actor.userId, except: actor.sessionId };
    const ended = await tx.endSessions(filter, at, "revoked");
    const user = { id: actor.userId, username: actor.username };
    const details = { others: true, sessions_ended: ended.length };
    return {
      value: ended.length,
      event: eventOf(actor, { at, action: "session_revoke", user, details }),
    };
  });
}
