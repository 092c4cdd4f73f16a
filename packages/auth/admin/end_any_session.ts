/**
 * Ending sessions of others: one, or all that match a query.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import { isLive, type SessionId } from "../sessions/session.ts";
import { isBlocked } from "../users/user.ts";
import { isFresh, mayEndSessionsOf } from "./guard_target.ts";
import type { QueryError } from "./query.ts";
import { searchSessions } from "./search.ts";

/** Sessions that are looked at, and ended, at a time: a write is to let others in between. */
const CHUNK = 500;

/** Ends one session, whosever it is; those of owners only for an owner. */
export async function endAnySession(
  deps: HasClock & HasStore,
  actor: Actor,
  command: { readonly id: SessionId },
): Promise<Result<null, { readonly code: "not_found" | "forbidden" }>> {
  const at = deps.clock.now();
  const found = await deps.store.findSession(command.id);
  if (found === null) return err({ code: "not_found" });
  if (!mayEndSessionsOf(actor, found.user)) return err({ code: "forbidden" });
  return await deps.store.write<Result<null, { readonly code: "not_found" }>>(async (tx) => {
    const ended = await tx.endSessions({ id: command.id }, at, "revoked");
    const success = ended.length > 0;
    const { user } = found;
    const facts = { at, action: "admin.sessions.end", user, success } as const;
    const event = eventOf(actor, { ...facts, details: { session: command.id } });
    return { value: success ? ok(null) : err({ code: "not_found" }), event };
  });
}

/** Which sessions, and whether they are only counted. */
export interface EndMatching {
  readonly query: string;
  readonly isDryRun: boolean;
  /** Told how many match, before the first is ended. */
  readonly onMatched?: (matched: number) => void;
  /** Told what became of some hundred; `false` lets the others live. */
  readonly onEnded?: (rows: readonly EndedSession[]) => boolean;
}

/** What became of a session: not ended where it had ended before. */
export interface EndedSession {
  readonly id: SessionId;
  readonly isEnded: boolean;
}

/** How many match, and how many were ended. */
export interface EndedMatching {
  readonly matched: number;
  readonly ended: number;
  /** Whether it stopped before the last, since whoever asked may not go on, or has said so. */
  readonly isCut: boolean;
}

/** Why none was ended. */
export type EndMatchingError = QueryError | { readonly code: "step_up_required" };

/**
 * Ends every live session that a query finds; those of owners only for an owner, who are not counted
 * either. An empty query is refused: it would end all.
 *
 * Each write ends some hundred sessions, and its event tells how many.
 */
export async function endMatchingSessions(
  deps: HasClock & HasStore,
  actor: Actor,
  command: EndMatching,
): Promise<Result<EndedMatching, EndMatchingError>> {
  if (!command.isDryRun && !isFresh(actor, deps.clock.now())) {
    return err({ code: "step_up_required" });
  }
  // Words in quotes may be empty, too.
  if (!/[^\s"]/.test(command.query)) {
    return err({ code: "invalid_request", detail: "Say which sessions: an empty query is all" });
  }
  const found = await collect(deps, actor, command.query);
  if (!found.ok) return found;
  const ids = found.value;
  if (command.isDryRun) return ok({ matched: ids.length, ended: 0, isCut: false });
  command.onMatched?.(ids.length);
  let ended = 0;
  // The first write takes place even where there is nothing to end: that it was asked for is an event.
  for (let from = 0; from === 0 || from < ids.length; from += CHUNK) {
    const isCut = from > 0 && !(await mayGoOn(deps, actor));
    if (isCut) return ok({ matched: ids.length, ended, isCut });
    const some = ids.slice(from, from + CHUNK);
    const rows = await endSome(deps, actor, { some, query: command.query, matched: ids.length });
    ended += rows.filter(({ isEnded }) => isEnded).length;
    if (command.onEnded?.(rows) === false) return ok({ matched: ids.length, ended, isCut: true });
  }
  return ok({ matched: ids.length, ended, isCut: false });
}

/** Ending many takes a while, in which an administrator can be blocked, signed out, or lose the role. */
async function mayGoOn(deps: HasClock & HasStore, actor: Actor): Promise<boolean> {
  if (actor.type !== "user") return true;
  const found = await deps.store.findSession(actor.sessionId);
  const now = deps.clock.now();
  if (found === null || !isLive(found.session, now) || isBlocked(found.user, now)) return false;
  return found.user.role === actor.role;
}

async function collect(
  deps: HasClock & HasStore,
  actor: Actor,
  query: string,
): Promise<Result<readonly SessionId[], QueryError>> {
  const ids: SessionId[] = [];
  let after: string | undefined;
  while (true) {
    const page = await searchSessions(deps, { query, limit: CHUNK, after });
    if (!page.ok) return page;
    for (const { session, user } of page.value.items) {
      if (mayEndSessionsOf(actor, user)) ids.push(session.id);
    }
    if (page.value.next === null) return ok(ids);
    after = page.value.next;
  }
}

async function endSome(
  deps: HasClock & HasStore,
  actor: Actor,
  of: { readonly some: readonly SessionId[]; readonly query: string; readonly matched: number },
): Promise<readonly EndedSession[]> {
  const at = deps.clock.now();
  return await deps.store.write(async (tx) => {
    const ended = await tx.endSessions({ ids: of.some }, at, "revoked");
    const details = { query: of.query, matched: of.matched, sessions_ended: ended.length };
    const event = eventOf(actor, { at, action: "admin.sessions.end_matching", details });
    const gone = new Set(ended);
    return { value: of.some.map((id) => ({ id, isEnded: gone.has(id) })), event };
  });
}
