/**
 * The chain of events: each holds the hash of the one before and of its own canonical form, so that
 * none can be changed, removed or put in between without all later ones showing it.
 *
 * @see RFC 8785 (JSON Canonicalization Scheme), whose key order is kept
 * @module
 */

import type { Sha256 } from "@postern/std";
import type { AuditEvent, Detail, NewEvent } from "./event.ts";

/** What stands before the first event. */
export const CHAIN_START = "";

/** The one text form of an event that is hashed. */
export function canonicalEvent(event: NewEvent, seq: number): string {
  return canonical({
    seq,
    at: event.at,
    action: event.action,
    actor_type: event.actorType,
    actor_id: event.actorId,
    actor_name: event.actorName,
    user_id: event.userId,
    username: event.username,
    ip: event.ip,
    user_agent: event.userAgent,
    success: event.success,
    details: event.details,
    request_id: event.requestId,
  });
}

/** Hash of an event at its place in the chain. */
export function chainHash(sha256: Sha256, previousHash: string, canonicalForm: string): string {
  return sha256(`${previousHash}\n${canonicalForm}`);
}

/** Tells whether an event is unchanged and follows the one before it. */
export function follows(
  sha256: Sha256,
  previous: { seq: number; hash: string },
  event: AuditEvent,
): boolean {
  return (
    event.seq === previous.seq + 1 &&
    event.previousHash === previous.hash &&
    event.hash === chainHash(sha256, previous.hash, canonicalEvent(event, event.seq))
  );
}

function canonical(value: Detail): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value as { readonly [name: string]: Detail });
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`).join(",")}}`;
}
