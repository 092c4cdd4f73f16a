/**
 * Linking a provider account.
 *
 * @module
 */

import { beginVisit } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { type Route, refuse, reply, route } from "../http/route.ts";
import { callbackUrl } from "./_redirect.ts";
import { visitCookie } from "./_visit_cookie.ts";
import type { VisitRouteDeps } from "./begin_provider_sign_in.ts";

/** Where somebody goes who linked an account. */
const AFTER_LINKING = "/account";

/** Begins to link an account; the browser goes to the address in the answer. */
export function linkAccountRoute(deps: VisitRouteDeps): Route {
  return route(OPERATIONS.linkAccount, async ({ actor, cookies, params, query }) => {
    const { value, cookie } = visitCookie(deps, cookies);
    const begun = await beginVisit(deps, {
      providerId: params.provider,
      browser: value,
      next: deps.nextUrl(query.next ?? AFTER_LINKING),
      redirectUri: callbackUrl(deps.publicUrl, params.provider),
      link: actor,
    });
    return begun.ok
      ? reply(200, { url: begun.value }, { cookies: [cookie] })
      : refuse({ code: begun.error.code });
  });
}
