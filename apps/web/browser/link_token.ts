/**
 * The token of a link from a mail: `#token=…`, read once and taken out of the address bar at once,
 * so that it is in no history, no screenshot and no copied address.
 *
 * It lives in memory alone: a page that is loaded again asks for the link once more.
 *
 * @module
 */

/** Longest fragment that is looked at; a token is far shorter. */
const FRAGMENT_MAX_LENGTH = 4_096;

/** Finds the token in a fragment; `undefined` where there is none. */
export function readToken(fragment: string): string | undefined {
  if (fragment.length > FRAGMENT_MAX_LENGTH) return undefined;
  const token = new URLSearchParams(fragment.replace(/^#/, "")).get("token");
  return token === null || token === "" ? undefined : token;
}

let taken: string | undefined;

/** Takes the token out of the address bar, if there is one. Called before anything is drawn. */
export function takeToken(): void {
  const token = readToken(location.hash);
  if (token === undefined) return;
  taken = token;
  history.replaceState(history.state, "", `${location.pathname}${location.search}`);
}

/** The token that was in the address bar last; it stays for another try until it is spent. */
export function linkToken(): string | undefined {
  return taken;
}

/** Forgets the token once the server has taken it. */
export function dropToken(): void {
  taken = undefined;
}
