/**
 * A console gives its tokens up: its session ends, and both of them with it.
 *
 * @see RFC 7009, sections 2.1 and 2.2
 * @module
 */

import type { Origin } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore, HasTokens } from "../ports.ts";
import { isLive } from "../sessions/session.ts";

/**
 * Ends the session of a console's access or refresh token. Any other token changes nothing, and nobody is
 * told. No proof of the key is asked for: whoever finds a token that leaked may make an end of it.
 */
export async function revokeConsole(
  deps: HasClock & HasStore & HasTokens,
  origin: Origin,
  token: string,
): Promise<void> {
  const access = await deps.tokens.verify(token, "console");
  const verified = access.ok ? access : await deps.tokens.verify(token, "refresh");
  if (!verified.ok) return;
  const { sessionId } = verified.value;
  const found = await deps.store.findSession(sessionId);
  const at = deps.clock.now();
  if (found === null || found.session.console === null || !isLive(found.session, at)) return;
  const { user } = found;
  await deps.store.write(async (tx) => {
    const ended = await tx.endSessions({ id: sessionId, userId: user.id }, at, "logout");
    const details = { session: sessionId, kind: "console" };
    const facts = { at, action: "logout", user, isProven: true, details } as const;
    const event = eventOf(
      { ...origin, type: "anonymous" },
      { ...facts, success: ended.length > 0 },
    );
    return { value: null, event };
  });
}
