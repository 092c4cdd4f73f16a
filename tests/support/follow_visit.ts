/**
 * Goes through a provider's pages as a browser would, up to the way back.
 *
 * @module
 */

import { createCookieJar } from "./cookie_jar.ts";

const MOST_STEPS = 10;

/**
 * Follows redirects from an authorization URL.
 *
 * @returns the URL of the callback, with what the provider brings back; where it posts that, what its form
 * holds.
 */
export async function followVisit(authorizationUrl: string, redirectUri: string): Promise<URL> {
  const jar = createCookieJar();
  let url = new URL(authorizationUrl);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (url.href.startsWith(redirectUri)) return url;
    const cookie = jar.header();
    const headers = cookie === undefined ? {} : { Cookie: cookie };
    const answer = await fetch(url, { redirect: "manual", headers });
    for (const line of answer.headers.getSetCookie()) jar.keep(line);
    const location = answer.headers.get("location");
    if (location === null) {
      const text = await answer.text();
      const posted = formIn(text);
      if (posted?.href.startsWith(redirectUri)) return posted;
      throw new Error(`The visit ended at ${url.pathname}: ${answer.status} ${text}`);
    }
    url = new URL(location, url);
  }
  throw new Error(`The visit did not end after ${MOST_STEPS} steps`);
}

/** The form that a page posts by itself: its address, with its fields as a query. */
function formIn(html: string): URL | undefined {
  const action = /<form method="post" action="([^"]+)">/.exec(html)?.[1];
  if (action === undefined) return undefined;
  const url = new URL(unescapeHtml(action));
  for (const [, name = "", value = ""] of html.matchAll(
    /<input type="hidden" name="([^"]+)" value="([^"]*)"\/>/g,
  )) {
    url.searchParams.set(name, unescapeHtml(value));
  }
  return url;
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
