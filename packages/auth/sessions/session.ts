/**
 * Session lifetimes and the predicates that read them.
 *
 * Pure: no clock and no storage. Callers pass `now`.
 *
 * @module
 */

import { after, type EpochMs, epochMs, type Id } from "@postern/std";
import {
  ADMIN_SESSION_ABSOLUTE_MS,
  ADMIN_SESSION_IDLE_MS,
  SESSION_ABSOLUTE_MS,
  SESSION_IDLE_MS,
} from "../lifetimes.ts";
import type { Role, UserId } from "../users/user.ts";

/** A session's public id: the tokens' `sid`. It opens nothing. */
export type SessionId = Id<"session">;

/** What holds a session: a browser's cookies, a caller's tokens, or a console. */
export type SessionKind = "browser" | "api" | "console";

/** Why a session ended. */
export type EndReason =
  | "logout"
  | "revoked"
  | "password_changed"
  | "password_reset"
  | "email_undone"
  | "blocked"
  | "signed_out"
  | "taken_over"
  | "token_reuse"
  | "code_reuse"
  | "key_compromised";

/** What ties a console's session to the console, and to the sign-in that it came of. */
export interface ConsoleBinding {
  /** SHA-256 thumbprint of the console's key: `jkt`. */
  readonly thumbprint: string;
  /** When the browser that allowed it had signed in. */
  readonly signedInAt: EpochMs;
  /** The one operation that this sign-in is fresh for; null: for all. */
  readonly stepUpFor: string | null;
}

/** One signed-in device. */
export interface Session {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly kind: SessionKind;
  /** How it was opened: `password`, `email_link`, or a provider's id. */
  readonly method: string;
  readonly createdAt: EpochMs;
  readonly seenAt: EpochMs;
  readonly idleMs: number;
  readonly absoluteMs: number;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly endedAt: EpochMs | null;
  readonly endReason: EndReason | null;
  /** Only of consoles. */
  readonly console: ConsoleBinding | null;
}

/** When a session runs out, if nobody uses it before. */
export function expiresAt(session: Session): EpochMs {
  return epochMs(Math.min(session.seenAt + session.idleMs, session.createdAt + session.absoluteMs));
}

/**
 * Tells whether a session may still be used.
 *
 * @returns `true` while it has not ended and both limits hold; exactly at a limit it is dead.
 */
export function isLive(session: Session, now: EpochMs): boolean {
  return session.endedAt === null && now < expiresAt(session);
}

/** How long a session of somebody with this role may rest, and may live in all. */
export function lifetimesOf(role: Role | null): { idleMs: number; absoluteMs: number } {
  return role === null
    ? { idleMs: SESSION_IDLE_MS, absoluteMs: SESSION_ABSOLUTE_MS }
    : { idleMs: ADMIN_SESSION_IDLE_MS, absoluteMs: ADMIN_SESSION_ABSOLUTE_MS };
}

/** When the credential was last proven for a session. */
export function signedInAt(session: Session): EpochMs {
  return session.console?.signedInAt ?? session.createdAt;
}

/** When the tokens of a session can be refreshed no longer. */
export function familyEndsAt(session: Session): EpochMs {
  return after(session.createdAt, session.absoluteMs);
}
