/**
 * Events as rows.
 *
 * @module
 */

import type { Action, AuditEvent, Details, NewEvent, UserId } from "@postern/auth";
import { epochMs } from "@postern/std";
import { wellFormed } from "./_json_rows.ts";
import { rowKind } from "./_rows.ts";
import type { events } from "./schema/events.ts";

type EventRow = typeof events.$inferSelect;

/** How events are written and read. */
export const EVENTS = rowKind<EventRow>("events", {
  seq: true,
  at: true,
  action: true,
  actor_type: true,
  actor_id: true,
  actor_name: true,
  user_id: true,
  username: true,
  ip: true,
  user_agent: true,
  success: true,
  details: true,
  request_id: true,
  previous_hash: true,
  hash: true,
});

/** The event as it will be read: what is hashed now must be what is verified then. */
export function asStored(event: NewEvent): NewEvent {
  return JSON.parse(JSON.stringify(event, wellFormed)) as NewEvent;
}

/** Makes a row of an event. */
export function eventRow(event: AuditEvent): EventRow {
  return {
    seq: event.seq,
    at: event.at,
    action: event.action,
    actor_type: event.actorType,
    actor_id: event.actorId,
    actor_name: event.actorName,
    user_id: event.userId,
    username: event.username,
    ip: event.ip,
    user_agent: event.userAgent,
    success: event.success ? 1 : 0,
    details: JSON.stringify(event.details),
    request_id: event.requestId,
    previous_hash: event.previousHash,
    hash: event.hash,
  };
}

/** Reads an event. */
export function readEvent(json: unknown): AuditEvent {
  const row = EVENTS.read(json);
  return {
    seq: row.seq,
    at: epochMs(row.at),
    action: row.action as Action,
    actorType: row.actor_type as AuditEvent["actorType"],
    actorId: row.actor_id as UserId | null,
    actorName: row.actor_name,
    userId: row.user_id as UserId | null,
    username: row.username,
    ip: row.ip,
    userAgent: row.user_agent,
    success: row.success === 1,
    details: JSON.parse(row.details) as Details,
    requestId: row.request_id,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
