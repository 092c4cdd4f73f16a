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

/**
 * A row as it is, for the walk along the chain: its position, and its bytes where every column is of
 * the type that is written. In hexadecimal, since libsql aborts the process over a text that is not
 * UTF-8; `json_array` fails over a blob.
 */
export const CHAINED_EVENT = `json_array(seq, CASE WHEN
  typeof(at) = 'integer' AND typeof(action) = 'text' AND typeof(actor_type) = 'text'
  AND typeof(actor_id) IN ('integer', 'null') AND typeof(actor_name) IN ('text', 'null')
  AND typeof(user_id) IN ('integer', 'null') AND typeof(username) IN ('text', 'null')
  AND typeof(ip) IN ('text', 'null') AND typeof(user_agent) IN ('text', 'null')
  AND success IN (0, 1) AND typeof(details) = 'text' AND typeof(request_id) = 'text'
  AND typeof(previous_hash) = 'text' AND typeof(hash) = 'text'
  THEN hex(${EVENTS.json}) END)`;

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
  return eventOf(EVENTS.read(json));
}

function eventOf(row: EventRow): AuditEvent {
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

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads a row of the chain, which somebody may have tampered with.
 *
 * @returns For a row that is no event as they are written, one without a hash: it follows nothing.
 */
export function readChainedEvent(chained: unknown): AuditEvent {
  const [seq, bytes] = JSON.parse(String(chained)) as [number, string | null];
  try {
    const row = EVENTS.read(decoder.decode(Buffer.from(bytes ?? "", "hex")));
    const event = eventOf(row);
    // Other spaces, or a name twice: the same to one reader, something else to another.
    return JSON.stringify(event.details) === row.details ? event : noEvent(seq);
  } catch {
    return noEvent(seq);
  }
}

function noEvent(seq: number): AuditEvent {
  return {
    seq,
    at: epochMs(0),
    action: "admin.events.unreadable",
    actorType: "system",
    actorId: null,
    actorName: null,
    userId: null,
    username: null,
    ip: null,
    userAgent: null,
    success: false,
    details: {},
    requestId: "",
    previousHash: "",
    hash: "",
  };
}
