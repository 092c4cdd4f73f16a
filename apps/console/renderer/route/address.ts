/**
 * Where one is in the console: an area, what is asked of it, and what is open.
 *
 * It stands in the fragment, so that back and forward work, and no request ever names it.
 *
 * @module
 */

import { type AreaId, areaOf } from "./area_list.ts";

/** A place in the console. */
export interface Address {
  readonly area: AreaId;
  /** The text of the query box; empty where there is none. */
  readonly query: string;
  /** Id of what is open; null where nothing is. */
  readonly open: string | null;
}

/** Reads a fragment such as `#/users?q=role:owner&open=7`. One that cannot be read is the home. */
export function parseAddress(hash: string): Address {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const fields = new URLSearchParams(search);
  return { area: areaOf(path).id, query: fields.get("q") ?? "", open: fields.get("open") };
}

/** Writes an address as a fragment. */
export function addressText({ area, query, open }: Address): string {
  const fields = new URLSearchParams();
  if (query !== "") fields.set("q", query);
  if (open !== null) fields.set("open", open);
  const search = fields.toString();
  return `#/${area}${search === "" ? "" : `?${search}`}`;
}

/** The address of an area, with a query if there is one. */
export function placeOf(area: AreaId, query = "", open: string | null = null): Address {
  return { area, query, open };
}
