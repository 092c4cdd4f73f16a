/**
 * What the events of a query are made of: counts by action, user and address, over the newest of them.
 *
 * @module
 */

import type { Result } from "@postern/std";
import type { AuditEvent } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import { countValues, type Facets } from "./count_values.ts";
import type { QueryError } from "./query.ts";
import { searchEvents } from "./search.ts";

/** What is counted of events. */
export type EventFacet = "action" | "user" | "ip";

/** Counts the newest events that a query finds. */
export function facetEvents(
  deps: HasClock & HasStore,
  query: string,
): Promise<Result<Facets<EventFacet>, QueryError>> {
  return countValues(deps, (page) => searchEvents(deps, { ...page, query }), {
    action: (event: AuditEvent) => event.action,
    user: (event: AuditEvent) => event.username,
    ip: (event: AuditEvent) => event.ip,
  });
}
