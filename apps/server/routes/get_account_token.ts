/**
 * A provider's access token.
 *
 * @module
 */

import { handOutToken, type IdentityId } from "@postern/auth";
import { isUuid } from "@postern/std";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import type { DepsOf } from "./_deps_of.ts";
import { timestampOf } from "./_user_shape.ts";

/** Hands out a fresh access token of one of the caller's own linked accounts. */
export function getAccountTokenRoute(deps: DepsOf<typeof handOutToken>): Route {
  return route(OPERATIONS.getAccountToken, async ({ actor, params }) => {
    if (!isUuid(params.id)) return refuse({ code: "not_found" });
    const result = await handOutToken(deps, actor, { id: params.id as IdentityId });
    if (!result.ok) return refuse(result.error);
    const { accessToken, expiresAt, scopes } = result.value;
    const expires = expiresAt === null ? null : timestampOf(expiresAt);
    return reply(200, { access_token: accessToken, expires_at: expires, scopes });
  });
}
