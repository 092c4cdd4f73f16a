/**
 * Where to go after signing in, out of what an address bar may claim.
 *
 * Only paths of this very origin are followed. The browser's own parser decides, since it is what
 * will read the path: it drops tabs and line breaks, and takes a backslash for a slash.
 *
 * @see CWE-601 (open redirect)
 * @module
 */

/** Where to go when nothing else was asked for. */
export const HOME_PATH = "/dashboard";

/**
 * Reads a `next` parameter.
 *
 * @param next As it stands in the query, decoded once; `null` where it is absent.
 * @returns Path with query and fragment, or the home page for anything that is not one.
 */
export function safeNext(next: string | null, origin: string): string {
  if (next === null || !next.startsWith("/")) return HOME_PATH;
  const url = URL.parse(next, origin);
  if (url === null || url.origin !== origin) return HOME_PATH;
  const path = `${url.pathname}${url.search}${url.hash}`;
  // "/.//evil.example" normalises to a path that is an address of another host when read again.
  return /^\/[/\\]/.test(path) ? HOME_PATH : path;
}

/** Writes a path with a `next` that leads back to where one is. */
export function withNext(path: string, next: string): string {
  return next === HOME_PATH ? path : `${path}?${new URLSearchParams({ next })}`;
}
