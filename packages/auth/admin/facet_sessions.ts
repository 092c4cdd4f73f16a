/**
 * What the live sessions of a query are made of: counts by user, address, way in and role, over the
 * newest of them.
 *
 * @module
 */

import type { Result } from "@postern/std";
import type { HasClock, HasStore } from "../ports.ts";
import type { SessionOfUser } from "../store.ts";
import { countValues, type Facets } from "./count_values.ts";
import type { QueryError } from "./query.ts";
import { searchSessions } from "./search.ts";

/** What is counted of sessions. */
export type SessionFacet = "user" | "ip" | "provider" | "role";

/** Counts the newest live sessions that a query finds. */
export function facetSessions(
  deps: HasClock & HasStore,
  query: string,
): Promise<Result<Facets<SessionFacet>, QueryError>> {
  return countValues(deps, (page) => searchSessions(deps, { ...page, query }), {
    user: ({ user }: SessionOfUser) => user.username,
    ip: ({ session }: SessionOfUser) => session.ip,
    provider: ({ session }: SessionOfUser) => session.method,
    role: ({ user }: SessionOfUser) => user.role ?? "none",
  });
}
