/**
 * Lists for administrators, by a query: users, sessions, events.
 *
 * @module
 */

import { type EpochMs, ok, type Result } from "@postern/std";
import type { AuditEvent } from "../events/event.ts";
import { findNamedUser } from "../operate/find_named_user.ts";
import type { Page, PageRequest } from "../page.ts";
import type { HasClock, HasStore } from "../ports.ts";
import type { EventFilter, SessionOfUser } from "../store.ts";
import { isBlocked, type User, type UserId } from "../users/user.ts";
import { addressText, isInRange, isSingle } from "./address_range.ts";
import { filteredPage } from "./filtered_page.ts";
import { parseQuery, type Query, type QueryError, refuseQuery, type UserState } from "./query.ts";

/** What to look for, and which page of it. */
export interface Search extends PageRequest {
  readonly query: string;
}

type Found<T> = Promise<Result<Page<T>, QueryError>>;

const NOTHING = ok({ items: [], next: null });

/** Looks for users: by words, `user`, `role`, and `state` (`active`, `blocked` or `unverified`). */
export async function searchUsers(deps: HasClock & HasStore, search: Search): Found<User> {
  const now = deps.clock.now();
  const query = parseQuery(search.query, now, ["user", "role", "state", "since", "until"]);
  if (!query.ok) return query;
  const { words, user, role, state } = query.value;
  const keep = (one: User) =>
    (role === undefined || (one.role ?? "none") === role) &&
    (state === undefined || stateOf(one, isBlocked(one, now)) === state) &&
    isWithin(query.value, one.createdAt);
  const text = [words, user ?? ""].join(" ").trim();
  return ok(await filteredPage((page) => deps.store.listUsers(text, page), keep, search));
}

/** A user's state, in a word. */
export function stateOf(user: User, blocked: boolean): UserState {
  if (blocked) return "blocked";
  return user.emailVerified ? "active" : "unverified";
}

/** Looks for live sessions: by words, `user`, `ip`, `role`, `provider`, `device`, `since`, `until`. */
export async function searchSessions(
  deps: HasClock & HasStore,
  search: Search,
): Found<SessionOfUser> {
  const now = deps.clock.now();
  const query = parseQuery(search.query, now, SESSION_FIELDS);
  if (!query.ok) return query;
  const found = await pageOfSessions(deps, { query: query.value, now }, search);
  const { provider } = query.value;
  const isNothing = found.items.length === 0 && found.next === null;
  if (provider === undefined || !isNothing || search.after !== undefined) return ok(found);
  // Sessions outlive a provider that is taken away, so only one of whom there are none is looked up.
  const providers = (await deps.store.listProviders()).map(({ id }) => id);
  const known = [...OWN_METHODS, ...providers];
  if (known.includes(provider)) return ok(found);
  return refuseQuery(`provider is one of ${known.join(", ")}`);
}

/** How sessions are opened without a provider. */
const OWN_METHODS: readonly string[] = ["password", "email_link", "setup_link", "console"];

async function pageOfSessions(
  deps: HasStore,
  { query, now }: { readonly query: Query; readonly now: EpochMs },
  search: Search,
): Promise<Page<SessionOfUser>> {
  const keep = (one: SessionOfUser) => matchesSession(query, one);
  if (query.user === undefined) {
    return await filteredPage((page) => deps.store.listAllSessions(now, page), keep, search);
  }
  const user = await findNamedUser(deps, query.user);
  if (user === null) return { items: [], next: null };
  const ofUser = async (page: PageRequest) => {
    const found = await deps.store.listSessions(user.id, now, page);
    return { ...found, items: found.items.map((session) => ({ session, user })) };
  };
  return await filteredPage(ofUser, keep, search);
}

const SESSION_FIELDS = ["user", "ip", "role", "provider", "device", "since", "until"] as const;

function matchesSession(query: Query, { session, user }: SessionOfUser): boolean {
  const agent = (session.userAgent ?? "").toLowerCase();
  const text = `${user.username} ${user.email} ${session.ip ?? ""} ${agent}`.toLowerCase();
  return (
    query.words
      .toLowerCase()
      .split(" ")
      .every((word) => text.includes(word)) &&
    (query.ip === undefined || isInRange(session.ip, query.ip.range)) &&
    (query.role === undefined || (user.role ?? "none") === query.role) &&
    (query.provider === undefined || session.method === query.provider) &&
    (query.device === undefined || agent.includes(query.device)) &&
    isWithin(query, session.createdAt)
  );
}

const EVENT_FIELDS = ["user", "ip", "action", "success", "since", "until"] as const;

/** Looks for events: by words in what they say, `user`, `ip`, `action`, `success`, `since`, `until`. */
export async function searchEvents(deps: HasClock & HasStore, search: Search): Found<AuditEvent> {
  const asked = await askForEvents(deps, search.query);
  if (!asked.ok) return asked;
  if (asked.value === null) return NOTHING;
  const { filter, keep } = asked.value;
  return ok(await filteredPage((page) => deps.store.listEvents(filter, page), keep, search));
}

/** What tells which events a query finds. The same as `searchEvents`, for those that come one by one. */
export async function matchEvents(
  deps: HasClock & HasStore,
  query: string,
): Promise<Result<(event: AuditEvent) => boolean, QueryError>> {
  const asked = await askForEvents(deps, query);
  if (!asked.ok) return asked;
  if (asked.value === null) return ok(() => false);
  const { filter, keep } = asked.value;
  return ok((event) => passes(filter, event) && keep(event));
}

/** What the store is asked for, and what is looked at beside it; null where there can be none. */
async function askForEvents(deps: HasClock & HasStore, text: string) {
  const query = parseQuery(text, deps.clock.now(), EVENT_FIELDS);
  if (!query.ok) return query;
  const { user, ip, action, success, since, until } = query.value;
  let userId: UserId | undefined;
  if (user !== undefined) {
    const found = await findNamedUser(deps, user);
    if (found === null) return ok(null);
    userId = found.id;
  }
  const address = ip !== undefined && isSingle(ip.range) ? addressText(ip.range) : undefined;
  const filter: EventFilter = { userId, ip: address, action, success, since, until };
  const words = query.value.words.toLowerCase().split(" ");
  const keep = (event: AuditEvent) =>
    (ip === undefined || isInRange(event.ip, ip.range)) &&
    words.every((word) => textOf(event).includes(word));
  return ok({ filter, keep });
}

function passes(filter: EventFilter, event: AuditEvent): boolean {
  return (
    (filter.userId === undefined || event.userId === filter.userId) &&
    (filter.action === undefined || event.action === filter.action) &&
    (filter.success === undefined || event.success === filter.success) &&
    isWithin(filter, event.at)
  );
}

function textOf(event: AuditEvent): string {
  const { action, username, actorName, ip, userAgent, details } = event;
  return [action, username, actorName, ip, userAgent, JSON.stringify(details)]
    .join(" ")
    .toLowerCase();
}

function isWithin({ since, until }: Pick<EventFilter, "since" | "until">, at: number): boolean {
  return (since === undefined || at >= since) && (until === undefined || at < until);
}
