/**
 * What the sessions of a query are.
 *
 * @module
 */

import { api } from "../../calls/api.ts";
import { type Facets, facetsOf } from "../../table/facets.ts";

const LABELS = { user: "User", ip: "Address", provider: "Opened by", role: "Role" };

/** Asks for it. */
export async function fetchSessionFacets(query: string): Promise<Facets> {
  return facetsOf(await api.sessions.facets.query({ query }), LABELS);
}
