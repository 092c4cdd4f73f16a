/**
 * Signing out: ends the session that asks.
 *
 * @module
 */

import type { Origin, UserActor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore, HasTokens } from "../ports.ts";
import { isLive } from "../sessions/session.ts";

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

/**
 * Ends the session of a refresh token, which is all that a browser may have left. A token that is bad, or
 * whose session is dead already, changes nothing and leaves no event.
 */
export async function signOutByRefreshToken(
  deps: HasClock & HasStore & HasTokens,
  origin: Origin,
  token: string,
): Promise<void> {
  const verified = await deps.tokens.verify(token, "refresh");
  if (!verified.ok) return;
  const found = await deps.store.findSession(verified.value.sessionId);
  if (found === null || !isLive(found.session, deps.clock.now())) return;
  const { session, user } = found;
  await signOut(deps, {
    type: "user",
    requestId: origin.requestId,
    ip: origin.ip,
    userAgent: origin.userAgent,
    userId: user.id,
    username: user.username,
    role: user.role,
    sessionId: session.id,
    signedInAt: session.createdAt,
  });
}
