/**
 * Coming back from a provider.
 *
 * @module
 */

import { type FinishVisit, finishVisit } from "@postern/auth";
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
    const { actor, context, cookies, params } = call;
    const live = await findSession(deps, cookies);
    const finished = await finishVisit(deps, actor, {
      providerId: params.provider,
      ...readAnswer(context.request.url),
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

/** Longest value that is looked at, characters. None that a provider gives comes near. */
const VALUE_MAX_LENGTH = 4_096;

/**
 * Reads what the browser brought. A parameter that is there twice, or at length, is as good as none, and the
 * answer one with an error: which of both was meant is not for us to choose.
 *
 * @see RFC 6749, section 3.1: parameters must not be included more than once
 */
function readAnswer(url: string): Pick<FinishVisit, "state" | "code" | "error" | "issuer"> {
  const { searchParams } = new URL(url);
  const read = (name: string) => {
    const [value = null, ...more] = searchParams.getAll(name);
    const isOdd = more.length > 0 || (value ?? "").length > VALUE_MAX_LENGTH;
    return isOdd ? { value: null, isOdd } : { value, isOdd };
  };
  const [state, code, error, issuer] = [read("state"), read("code"), read("error"), read("iss")];
  const isOdd = [code, error, issuer].some((field) => field.isOdd);
  return {
    state: state.value,
    code: code.value,
    error: isOdd ? "invalid_answer" : error.value,
    issuer: issuer.value,
  };
}
