/**
 * Public keys.
 *
 * @module
 */

import { OPERATIONS } from "@postern/wire";
import { type Route, reply, route } from "../http/route.ts";
import type { KeyRings } from "../key_rings_port.ts";

/**
 * How long others may keep the keys, seconds. A key is published as `next` before it signs, by the time
 * between two rotations: rotated again within this time, or for a compromise, others may not know it yet,
 * and have to ask anew for a `kid` that they do not know.
 */
const MAX_AGE_S = 300;

/** The keys that verify access tokens. */
export function getKeySetRoute(deps: { readonly rings: Pick<KeyRings, "publicKeys"> }): Route {
  return route(OPERATIONS.getKeySet, () => {
    const headers = { "Cache-Control": `public, max-age=${MAX_AGE_S}` };
    return reply(200, deps.rings.publicKeys(), { headers });
  });
}
