/**
 * Coming back from a provider.
 *
 * @module
 */

import { finishVisit } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import type { Answers } from "../http/answers.ts";
import { findSession, type IdentifyDeps } from "../http/identify.ts";
import { type Route, route } from "../http/route.ts";
import type { SessionCookies } from "../http/session_cookies.ts";
import type { DepsOf } from "./_deps_of.ts";
import { callbackUrl, loginWithError, redirect } from "./_redirect.ts";

type Deps = DepsOf<typeof finishVisit> &
  IdentifyDeps & {
    readonly answers: Answers;
    readonly publicUrl: string;
    readonly sessionCookies: SessionCookies;
  };

/** Signs in, signs up or links, and sends the browser on; where that fails, to the sign-in page. */
export function finishProviderSignInRoute(deps: Deps): Route {
  return route(OPERATIONS.finishProviderSignIn, async (call) => {
    const { actor, context, cookies, params, query } = call;
    const live = await findSession(deps, cookies);
    const finished = await finishVisit(deps, actor, {
      providerId: params.provider,
      state: query.state ?? null,
      code: query.code ?? null,
      error: query.error ?? null,
      issuer: query.iss ?? null,
      browser: cookies.visit ?? null,
      sessionId: live?.session.id ?? null,
      redirectUri: callbackUrl(deps.publicUrl, params.provider),
    });
    if (!finished.ok) {
      return redirect(deps.answers, context, { location: loginWithError(finished.error.code) });
    }
    const { next } = finished.value;
    if (finished.value.kind === "linked")
      return redirect(deps.answers, context, { location: next });
    const { session, secret, tokens } = finished.value.signedIn;
    const set = deps.sessionCookies.signedIn(session, secret, tokens);
    return redirect(deps.answers, context, { location: next, cookies: set });
  });
}
