/**
 * What the rules know, as administrators are shown it.
 *
 * @module
 */

import {
  type AddressBlock,
  type AuditEvent,
  expiresAt,
  type Facets,
  type FacetValue,
  isBlocked,
  isLive,
  type Limit,
  limitVersion,
  type Pressure,
  type ProviderHealth,
  type ProviderWithSecret,
  type SessionOfUser,
  stateOf,
  type User,
} from "@postern/auth";
import { type EpochMs, timeText } from "@postern/std";

/** Writes a time that may not be there. */
export function timeOrNull(at: EpochMs | null): string | null {
  return at === null ? null : timeText(at);
}

/** A user. */
export function userShape(user: User, now: EpochMs) {
  const blocked = isBlocked(user, now);
  return {
    id: String(user.id),
    username: user.username,
    email: user.email,
    email_verified: user.emailVerified,
    name: user.name,
    role: user.role,
    state: stateOf(user, blocked),
    blocked_until: blocked ? timeOrNull(user.blockedUntil) : null,
    block_reason: blocked ? user.blockReason : null,
    has_password: user.passwordHash !== null,
    must_change_password: user.mustChangePassword,
    created_at: timeText(user.createdAt),
  };
}

/** A session. */
export function sessionShape({ session, user }: SessionOfUser) {
  return {
    id: session.id,
    user: { id: String(user.id), username: user.username },
    kind: session.kind,
    provider: session.method,
    created_at: timeText(session.createdAt),
    last_seen_at: timeText(session.seenAt),
    expires_at: timeText(expiresAt(session)),
    ip: session.ip,
    user_agent: session.userAgent,
  };
}

/** A session, with whose it is, and whether it has ended. */
export function sessionDetailShape(found: SessionOfUser, now: EpochMs) {
  const { session, user } = found;
  const { endedAt, endReason } = session;
  const isOver = endedAt === null && !isLive(session, now);
  return {
    ...sessionShape(found),
    user: userShape(user, now),
    ended_at: timeOrNull(isOver ? expiresAt(session) : endedAt),
    end_reason: isOver ? "expired" : endReason,
  };
}

/** What the newest items of a list are made of. */
export function facetShape<Name extends string>({ values, ...counts }: Facets<Name>) {
  const lists = Object.entries<readonly FacetValue[]>(values).map(([name, list]) => [
    name,
    [...list],
  ]);
  return { ...counts, ...(Object.fromEntries(lists) as Record<Name, FacetValue[]>) };
}

/** A provider, without its secrets. */
export function providerShape(provider: ProviderWithSecret, health: ProviderHealth | undefined) {
  return {
    id: provider.id,
    kind: provider.kind,
    name: provider.name,
    issuer: provider.issuer,
    client_id: provider.clientId,
    scopes: [...provider.scopes],
    enabled: provider.isEnabled,
    source: provider.source,
    secret_overlaps: provider.sealedPreviousSecret !== null,
    created_at: timeText(provider.createdAt),
    updated_at: timeText(provider.updatedAt),
    version: String(provider.updatedAt),
    health: health === undefined ? null : healthShape(health),
  };
}

function healthShape({ checkedAt, ok, checks }: ProviderHealth) {
  return { checked_at: timeText(checkedAt), ok, checks: [...checks] };
}

/** A limit. */
export function limitShape(limit: Limit) {
  const { id, name, count, windowMs, scope, enabled } = limit;
  const version = limitVersion(limit);
  return { id, name, count, window_s: Math.round(windowMs / 1_000), scope, enabled, version };
}

/** What a limit does now. */
export function pressureShape(id: string, { allowed, refused, busiest, held }: Pressure) {
  return {
    id,
    allowed,
    refused,
    busiest: busiest.map(({ subject, count }) => ({ subject, count })),
    held: held.map((one) => ({
      subject: one.subject,
      refused: one.refused,
      since: timeText(one.since),
      until: timeText(one.until),
    })),
  };
}

/** Addresses that are kept out. */
export function addressBlockShape({ cidr, reason, createdAt, until }: AddressBlock) {
  return { cidr, reason, created_at: timeText(createdAt), until: timeOrNull(until) };
}

/** An event. */
export function eventShape(event: AuditEvent) {
  const { actorId, actorName } = event;
  return {
    id: String(event.seq),
    at: timeText(event.at),
    action: event.action,
    actor: {
      type: event.actorType,
      ...(actorId === null ? {} : { id: String(actorId) }),
      ...(actorName === null ? {} : { username: actorName }),
    },
    user: event.userId === null ? null : { id: String(event.userId), username: event.username },
    ip: event.ip,
    user_agent: event.userAgent,
    success: event.success,
    details: { ...event.details } as Record<string, never>,
    request_id: event.requestId,
  };
}
