/**
 * What the events of a query are.
 *
 * @module
 */

import { api } from "../../calls/api.ts";
import { type Facets, facetsOf } from "../../table/facets.ts";

const LABELS = { action: "What", user: "About", ip: "From" };

/** Asks for it. */
export async function fetchEventFacets(query: string): Promise<Facets> {
  return facetsOf(await api.audit.facets.query({ query }), LABELS);
}
