/**
 * Going to a provider to sign in.
 *
 * @module
 */

import { beginVisit } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import type { Answers } from "../http/answers.ts";
import { type Route, refuse, route } from "../http/route.ts";
import type { DepsOf } from "./_deps_of.ts";
import { callbackUrl, loginWithError, redirect } from "./_redirect.ts";
import { type VisitCookieDeps, visitCookie } from "./_visit_cookie.ts";

/** What sending somebody to a provider needs. */
export type VisitRouteDeps = DepsOf<typeof beginVisit> &
  VisitCookieDeps & {
    readonly answers: Answers;
    readonly publicUrl: string;
    readonly nextUrl: (next: string | undefined) => string;
  };

/** Sends the browser to the provider; where that cannot be done, to the sign-in page. */
export function beginProviderSignInRoute(deps: VisitRouteDeps): Route {
  return route(OPERATIONS.beginProviderSignIn, async ({ context, cookies, params, query }) => {
    const { value, cookie } = visitCookie(deps, cookies);
    const begun = await beginVisit(deps, {
      providerId: params.provider,
      browser: value,
      next: deps.nextUrl(query.next),
      redirectUri: callbackUrl(deps.publicUrl, params.provider),
      link: null,
    });
    if (begun.ok)
      return redirect(deps.answers, context, { location: begun.value, cookies: [cookie] });
    const { code } = begun.error;
    if (code === "not_found") return refuse({ code });
    return redirect(deps.answers, context, { location: loginWithError(code) });
  });
}
