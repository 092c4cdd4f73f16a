/**
 * Whom taking a provider away would lock out.
 *
 * @module
 */

import type { Details } from "../events/event.ts";
import type { AuthStore } from "../store.ts";
import type { UserId } from "../users/user.ts";
import type { LockedOut } from "./provider_store.ts";

/** Most users that are named. */
const SHOWN = 100;

/** Whom taking a provider away would lock out. */
export interface LocksOut {
  readonly code: "last_way_in";
  /** The first hundred, by id. */
  readonly users: readonly LockedOut[];
  /** About how many more there are, to two digits; 0: none. */
  readonly more: number;
  /** For people. */
  readonly detail: string;
}

/**
 * Finds them. Stops where there are enough to name, and estimates the rest from those that it went by; so
 * that there are none is said only after all have been looked at.
 *
 * @returns null where it locks nobody out.
 */
export async function findLockedOut(
  { bookkeeping }: Pick<AuthStore, "bookkeeping">,
  providerId: string,
): Promise<LocksOut | null> {
  const found: LockedOut[] = [];
  let seen = 0;
  let after: UserId | null = null;
  do {
    const step = await bookkeeping.walkLockedOutBy(providerId, after);
    found.push(...step.lockedOut);
    seen += step.seen;
    after = step.last;
  } while (after !== null && found.length < SHOWN);
  if (found.length === 0) return null;
  const unseen = after === null ? 0 : (await bookkeeping.countIdentitiesAt(providerId)) - seen;
  const share = found.length / seen;
  const users = found.slice(0, SHOWN);
  const more = about(found.length - users.length + share * Math.max(0, unseen));
  return { code: "last_way_in", users, more, detail: wordsFor(users, more) };
}

/** Finds the administrators among them: whom one that is switched off, or another issuer, shuts out as well. */
export async function findAdministratorsLost(
  store: Pick<AuthStore, "listLockedOutAdministrators">,
  providerId: string,
): Promise<LocksOut | null> {
  const found = await store.listLockedOutAdministrators(providerId);
  if (found.length === 0) return null;
  const users = found.slice(0, SHOWN);
  const more = found.length - users.length;
  return { code: "last_way_in", users, more, detail: wordsFor(users, more) };
}

/** What an event says of them. */
export function lockedOutDetails(locksOut: LocksOut | null): Details {
  const { users = [], more = 0 } = locksOut ?? {};
  return { locked_out: users.map(({ username }) => username), locked_out_more: more };
}

function wordsFor(users: readonly LockedOut[], more: number): string {
  const names = users.map(({ username }) => username).join(", ");
  const rest = more === 0 ? "" : ` and about ${more} more`;
  return `It is the only way in of: ${names}${rest}`;
}

/** Two digits of a number: more would claim what an estimate cannot know. */
function about(count: number): number {
  return Number(count.toPrecision(2));
}
