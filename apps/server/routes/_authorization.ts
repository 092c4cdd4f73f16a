/**
 * What both ends of the authorization page share.
 *
 * @see RFC 6749, sections 4.1.2 and 4.1.2.1; RFC 9207, section 2
 * @module
 */

import { findSession, type IdentifyDeps } from "../http/identify.ts";
import type { RequestContext } from "../http/request_context.ts";
import type { Call } from "../http/route.ts";
import type { Warm } from "../http/warm_sessions.ts";

/** Who sits at the browser, by its cookies alone; null for nobody. */
export async function findBrowser(
  deps: IdentifyDeps,
  { access, session }: Call<never>["cookies"],
): Promise<Warm | null> {
  const found = await findSession(deps, { access, session });
  return found?.session.kind === "browser" ? found : null;
}

/** Where the console is told. Who told it is told as well, so that it cannot take another's answer for ours. */
export function answerTo(
  publicUrl: string,
  asked: { readonly redirectUri: string; readonly state: string | null },
  answer: Readonly<Record<string, string>>,
): string {
  const { redirectUri, state } = asked;
  const query = new URLSearchParams(answer);
  if (state !== null) query.set("state", state);
  query.set("iss", publicUrl);
  return `${redirectUri}?${query}`;
}

/** Tells whether a page of this very origin asks, as far as the browser says where it comes from. */
export function isOwnPage({ origin, request }: RequestContext, publicUrl: string): boolean {
  const site = request.headers.get("sec-fetch-site");
  return (origin === null || origin === publicUrl) && (site === null || site === "same-origin");
}
