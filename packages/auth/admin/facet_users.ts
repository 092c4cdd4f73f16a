/**
 * What the users of a query are made of: counts by state and role, over the newest of them.
 *
 * @module
 */

import type { Result } from "@postern/std";
import type { HasClock, HasStore } from "../ports.ts";
import { isBlocked, type User } from "../users/user.ts";
import { countValues, type Facets } from "./count_values.ts";
import type { QueryError } from "./query.ts";
import { searchUsers, stateOf } from "./search.ts";

/** What is counted of users. */
export type UserFacet = "state" | "role";

/** Counts the newest users that a query finds. */
export function facetUsers(
  deps: HasClock & HasStore,
  query: string,
): Promise<Result<Facets<UserFacet>, QueryError>> {
  const now = deps.clock.now();
  return countValues(deps, (page) => searchUsers(deps, { ...page, query }), {
    state: (user: User) => stateOf(user, isBlocked(user, now)),
    role: (user: User) => user.role ?? "none",
  });
}
