/**
 * One's own sessions.
 *
 * @module
 */

import { type AuthStore, expiresAt, type Session, type SessionId } from "@postern/auth";
import { type Clock, type EpochMs, epochMs } from "@postern/std";
import { OPERATIONS, type Session as SessionShape } from "@postern/wire";
import { type Route, route } from "../http/route.ts";
import { pageOutcome } from "./_page_outcome.ts";
import { timestampOf } from "./_user_shape.ts";

/** What listing sessions needs. */
export interface ListSessionsDeps {
  readonly clock: Clock;
  readonly store: Pick<AuthStore, "listSessions">;
  readonly describeDevice: (userAgent: string | null) => string | null;
  readonly describeConsole: (userAgent: string | null) => string;
  /** When a session was used last, where that is not written down yet. */
  readonly seenAt: (id: SessionId) => EpochMs | undefined;
}

/** Lists the caller's own live sessions, newest first. */
export function listSessionsRoute(deps: ListSessionsDeps): Route {
  return route(OPERATIONS.listSessions, async ({ actor, query }) => {
    const now = deps.clock.now();
    const page = { limit: query.limit, after: query.cursor };
    const found = await deps.store.listSessions(actor.userId, now, page);
    return pageOutcome(found, (session) => shapeOf(deps, session, actor.sessionId));
  });
}

function shapeOf(deps: ListSessionsDeps, stored: Session, current: SessionId): SessionShape {
  const seenAt = epochMs(Math.max(stored.seenAt, deps.seenAt(stored.id) ?? 0));
  const session = { ...stored, seenAt };
  return {
    id: session.id,
    current: session.id === current,
    kind: session.kind,
    created_at: timestampOf(session.createdAt),
    last_seen_at: timestampOf(seenAt),
    expires_at: timestampOf(expiresAt(session)),
    ip: session.ip,
    user_agent: session.userAgent,
    device: deviceOf(deps, session),
  };
}

function deviceOf(deps: ListSessionsDeps, { kind, userAgent }: Session): string {
  if (kind === "console") return deps.describeConsole(userAgent);
  return deps.describeDevice(userAgent) ?? "Unknown device";
}
