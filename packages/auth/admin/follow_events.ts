/**
 * Events as they happen: from a position in the chain on, filtered by a query, without a gap.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { AuditEvent } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import type { QueryError } from "./query.ts";
import { matchEvents } from "./search.ts";

/** Events that are looked at in one reading. */
const READ_AT_ONCE = 500;

/** What happened since a position. */
export interface NewEvents {
  /** Those that match, oldest first. */
  readonly events: readonly AuditEvent[];
  /** Up to where all was looked at. */
  readonly position: number;
  /** Whether there is more to be read at once. */
  readonly more: boolean;
}

/** Reads on, a piece at each call. */
export interface EventsFollower {
  read(): Promise<NewEvents>;
}

/** Which events, and from where on. */
export interface FollowEvents {
  readonly query: string;
  /** Position of the last one that is known; left out: the newest there is now. */
  readonly after?: number | undefined;
}

/**
 * Begins to follow events. A position that is not there yet counts as the newest: it is one of a
 * database that was put back from a copy.
 *
 * The first reading tells the position at least, so that whoever is cut off knows where to go on.
 */
export async function followEvents(
  deps: HasClock & HasStore,
  command: FollowEvents,
): Promise<Result<EventsFollower, QueryError>> {
  const matches = await matchEvents(deps, command.query);
  if (!matches.ok) return err(matches.error);
  const newest = await deps.store.newestEvent();
  let position = Math.min(command.after ?? newest, newest);
  return ok({
    async read() {
      const found = await deps.store.readChain(position + 1, READ_AT_ONCE);
      position = found.at(-1)?.seq ?? position;
      const events = found.filter(matches.value);
      return { events, position, more: found.length === READ_AT_ONCE };
    },
  });
}
