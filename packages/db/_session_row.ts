/**
 * Sessions as rows.
 *
 * @module
 */

import type { EndReason, Session, SessionId, SessionKind, UserId } from "@postern/auth";
import { epochMs } from "@postern/std";
import { momentOrNull, rowKind } from "./_rows.ts";
import type { sessions } from "./schema/sessions.ts";

/** A session's row. */
export type SessionRow = typeof sessions.$inferSelect;

/** How sessions are written and read. */
export const SESSIONS = rowKind<SessionRow>("sessions", {
  id: true,
  secret_hash: true,
  user_id: true,
  kind: true,
  method: true,
  created_at: true,
  seen_at: true,
  idle_ms: true,
  absolute_ms: true,
  ip: true,
  user_agent: true,
  ended_at: true,
  end_reason: true,
  key_thumbprint: true,
  signed_in_at: true,
  step_up_for: true,
});

/** Holds for a live session `s`. Takes the time twice. */
export const IS_LIVE = `
  s.ended_at IS NULL AND s.seen_at + s.idle_ms > ? AND s.created_at + s.absolute_ms > ?
`;

/** Makes a row of a session. */
export function sessionRow(session: Session, secretHash: string): SessionRow {
  return {
    id: session.id,
    secret_hash: secretHash,
    user_id: session.userId,
    kind: session.kind,
    method: session.method,
    created_at: session.createdAt,
    seen_at: session.seenAt,
    idle_ms: session.idleMs,
    absolute_ms: session.absoluteMs,
    ip: session.ip,
    user_agent: session.userAgent,
    ended_at: session.endedAt,
    end_reason: session.endReason,
    key_thumbprint: session.console?.thumbprint ?? null,
    signed_in_at: session.console?.signedInAt ?? null,
    step_up_for: session.console?.stepUpFor ?? null,
  };
}

/** Makes a session of a row. */
export function sessionOf(row: SessionRow): Session {
  return {
    id: row.id as SessionId,
    userId: row.user_id as UserId,
    kind: row.kind as SessionKind,
    method: row.method,
    createdAt: epochMs(row.created_at),
    seenAt: epochMs(row.seen_at),
    idleMs: row.idle_ms,
    absoluteMs: row.absolute_ms,
    ip: row.ip,
    userAgent: row.user_agent,
    endedAt: momentOrNull(row.ended_at),
    endReason: row.end_reason as EndReason | null,
    console: consoleOf(row),
  };
}

function consoleOf(row: SessionRow): Session["console"] {
  const { key_thumbprint: thumbprint, signed_in_at: at, step_up_for: stepUpFor } = row;
  if (thumbprint === null || at === null) return null;
  return { thumbprint, signedInAt: epochMs(at), stepUpFor };
}
