/**
 * Which session the CSRF pair of a browser is bound to.
 *
 * One place for who hands the pair out and who asks for it: were they to differ, a browser could never
 * show the right one.
 *
 * @module
 */

import { isLive, type Session } from "@postern/auth";
import type { Cookies } from "./cookies.ts";
import { findSession, type IdentifyDeps } from "./identify.ts";

/**
 * Finds the live session of a browser's cookies: also that of a refresh token alone, which is all that
 * a browser may have left.
 *
 * @returns null where there is none: then the pair is bound to the browser.
 */
export async function findPairSession(
  deps: IdentifyDeps,
  cookies: Pick<Cookies, "access" | "session" | "refresh">,
): Promise<Session | null> {
  const live = await findSession(deps, cookies);
  if (live !== null) return live.session;
  if (cookies.refresh === undefined) return null;
  const verified = await deps.tokens.verify(cookies.refresh, "refresh");
  if (!verified.ok) return null;
  const found = await deps.store.findSession(verified.value.sessionId);
  return found !== null && isLive(found.session, deps.clock.now()) ? found.session : null;
}
