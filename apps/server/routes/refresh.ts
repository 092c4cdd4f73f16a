/**
 * Changing a refresh token for the next pair, in kind.
 *
 * @module
 */

import { refresh, type SessionId } from "@postern/auth";
import { OPERATIONS } from "@postern/wire";
import { type CsrfGuardDeps, showsPair } from "../http/csrf_guard.ts";
import { findSession, type IdentifyDeps } from "../http/identify.ts";
import { findPairSession } from "../http/pair_session.ts";
import { type Call, type Outcome, type Route, refuse, reply, route } from "../http/route.ts";
import type { SessionCookies } from "../http/session_cookies.ts";
import type { DepsOf } from "./_deps_of.ts";
import { expiresIn, pairShape } from "./_pair_shape.ts";

type Deps = DepsOf<typeof refresh> &
  IdentifyDeps &
  CsrfGuardDeps & { readonly sessionCookies: SessionCookies };

type RefreshCall = Call<typeof OPERATIONS.refresh>;

/** A token in the body is answered with tokens, one in the cookie with cookies. */
export function refreshRoute(deps: Deps): Route {
  return route(OPERATIONS.refresh, async (call) => {
    const { refresh_token: sent } = call.body;
    if (sent !== null && sent !== undefined) return await inBody(deps, call, sent);
    const { refresh: cookie } = call.cookies;
    if (cookie === undefined) return refuse({ code: "unauthenticated" });
    return await inCookies(deps, call, cookie);
  });
}

async function inBody(deps: Deps, call: RefreshCall, token: string): Promise<Outcome> {
  const verified = await deps.tokens.verify(token, "refresh");
  const result = await refresh(deps, call.actor, { verified, cookieSessionId: null });
  if (!result.ok) return refuse(result.error);
  return reply(200, pairShape(deps.clock.now(), result.value.tokens));
}

async function inCookies(deps: Deps, call: RefreshCall, token: string): Promise<Outcome> {
  const { cookies } = call;
  const beside =
    cookies.session === undefined
      ? null
      : await findSession(deps, { access: undefined, session: cookies.session });
  const verified = await deps.tokens.verify(token, "refresh");
  const sessionId = verified.ok ? verified.value.sessionId : null;
  if (!(await showsPairOf(deps, call, { token, sessionId }))) {
    return refuse({ code: "csrf_failed" });
  }
  const cookieSessionId = beside?.session.id ?? null;
  const result = await refresh(deps, call.actor, { verified, cookieSessionId });
  if (!result.ok) return refuse(result.error);
  const { session, tokens } = result.value;
  const now = deps.clock.now();
  const secret = cookies.session ?? null;
  const set = deps.sessionCookies.signedIn({ ...session, seenAt: now }, secret, tokens);
  return reply(200, { expires_in: expiresIn(now, tokens) }, { cookies: set });
}

/** The pair of the token's session; where that has ended, the browser has been given one of its own. */
async function showsPairOf(
  deps: Deps,
  call: RefreshCall,
  { token, sessionId }: { readonly token: string; readonly sessionId: SessionId | null },
): Promise<boolean> {
  const { context, cookies } = call;
  if (showsPair(deps, context, { sessionId, cookies })) return true;
  const alone = { access: undefined, session: undefined, refresh: token };
  if (sessionId === null || (await findPairSession(deps, alone)) !== null) return false;
  return showsPair(deps, context, { sessionId: null, cookies });
}
