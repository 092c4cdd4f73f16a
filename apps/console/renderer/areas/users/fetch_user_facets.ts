/**
 * What the users of a query are.
 *
 * @module
 */

import { api } from "../../calls/api.ts";
import { type Facets, facetsOf } from "../../table/facets.ts";

const LABELS = { state: "State", role: "Role" };

/** Asks for it. */
export async function fetchUserFacets(query: string): Promise<Facets> {
  return facetsOf(await api.users.facets.query({ query }), LABELS);
}
