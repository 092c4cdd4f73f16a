/**
 * Lucia, behind the one file that knows it.
 *
 * Lucia takes a session's id for its stored key. Here that id is the cookie's secret, and the
 * adapter stores and looks up its SHA-256 only; the row has a public id of its own. How long a
 * session lives is decided by our own predicate and clock, so that an administrator's shorter
 * limits and the cap hold too. Ending a session is not done through Lucia: it needs an event.
 *
 * @see https://v3.lucia-auth.com/database (adapter interface)
 * @module
 */

import type { Clock, EpochMs, Sha256 } from "@postern/std";
import { type Adapter, Lucia, TimeSpan } from "lucia";
import { SESSION_IDLE_MS } from "../lifetimes.ts";
import type { AuthTx, SessionOfUser } from "../store.ts";
import type { UserId as PosternUserId } from "../users/user.ts";
import { expiresAt, isLive, type Session, type SessionId } from "./session.ts";

declare module "lucia" {
  interface Register {
    Lucia: Lucia<{ readonly row: Session }, { readonly row: SessionOfUser["user"] }>;
    UserId: PosternUserId;
    DatabaseSessionAttributes: { readonly row: Session };
    DatabaseUserAttributes: { readonly row: SessionOfUser["user"] };
  }
}

/** What opening a session needs. */
export interface OpenSessionDeps {
  readonly sha256: Sha256;
  readonly tx: Pick<AuthTx, "insertSession">;
}

/** What reading a session needs. */
export interface ReadSessionDeps {
  readonly clock: Clock;
  readonly sha256: Sha256;
  readonly findSessionBySecret: (secretHash: string) => Promise<SessionOfUser | null>;
  /** Called with a session that is past half of its rest, for which more time is asked. */
  readonly touch: (id: SessionId, at: EpochMs) => Promise<void>;
}

/** Opens a session whose cookie carries `secret`. */
export async function openSession(
  deps: OpenSessionDeps,
  session: Session,
  secret: string,
): Promise<void> {
  const lucia = luciaOver({
    ...refusing,
    setSession: (made) => deps.tx.insertSession(made.attributes.row, deps.sha256(made.id)),
  });
  await lucia.createSession(session.userId, { row: session }, { sessionId: secret });
}

/** Why a session cookie was refused. */
export type ReadSessionError = "unknown" | "ended";

/**
 * Reads the session that a cookie's secret opens.
 *
 * @returns `"ended"` where it was one and is no more, `"unknown"` where it never was.
 */
export async function readSession(
  deps: ReadSessionDeps,
  secret: string,
): Promise<SessionOfUser | ReadSessionError> {
  let found: SessionOfUser | null = null;
  const now = deps.clock.now();
  const lucia = luciaOver({
    ...refusing,
    getSessionAndUser: async () => {
      found = await deps.findSessionBySecret(deps.sha256(secret));
      if (found === null || !isLive(found.session, now)) return [null, null];
      const { session, user } = found;
      return [
        {
          id: secret,
          userId: user.id,
          expiresAt: new Date(expiresAt(session)),
          attributes: { row: session },
        },
        { id: user.id, attributes: { row: user } },
      ];
    },
    updateSessionExpiration: async () => {
      if (found !== null) await deps.touch(found.session.id, now);
    },
  });
  const { session, user } = await lucia.validateSession(secret);
  if (session !== null) return { session: session.row, user: user.row };
  return found === null ? "unknown" : "ended";
}

const refusing: Adapter = {
  getSessionAndUser: refuse,
  getUserSessions: refuse,
  setSession: refuse,
  updateSessionExpiration: refuse,
  deleteSession: refuse,
  deleteUserSessions: refuse,
  deleteExpiredSessions: refuse,
};

function luciaOver(adapter: Adapter) {
  return new Lucia(adapter, {
    sessionExpiresIn: new TimeSpan(SESSION_IDLE_MS, "ms"),
    getSessionAttributes: (attributes) => ({ row: attributes.row }),
    getUserAttributes: (attributes) => ({ row: attributes.row }),
  });
}

function refuse(): Promise<never> {
  return Promise.reject(new TypeError("Cannot change sessions through Lucia: an event is needed"));
}
