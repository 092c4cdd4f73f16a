/**
 * Where somebody may be sent after signing in: a path of ours, or a URL of an allowed origin.
 *
 * @see OWASP Unvalidated Redirects and Forwards Cheat Sheet
 * @module
 */

/** Where somebody goes who asked for nothing, or for something that is not allowed. */
export const DEFAULT_NEXT = "/dashboard";

/** What browsers and servers read in different ways: backslashes, blanks, control characters. */
const AMBIGUOUS = /[\\\s\p{Cc}]/u;

/** Makes the check. */
export function createNextUrl(publicUrl: string, isAllowedOrigin: (origin: string) => boolean) {
  return (next: string | undefined): string => {
    const url = next === undefined ? null : readUrl(next, publicUrl);
    if (url === null) return DEFAULT_NEXT;
    if (url.origin === publicUrl) return `${url.pathname}${url.search}${url.hash}`;
    return isAllowedOrigin(url.origin) ? url.href : DEFAULT_NEXT;
  };
}

function readUrl(next: string, publicUrl: string): URL | null {
  const isPath = next.startsWith("/") && !next.startsWith("//");
  const isAbsolute = /^https?:\/\/[^/]/i.test(next);
  if (AMBIGUOUS.test(next) || !(isPath || isAbsolute)) return null;
  const url = URL.parse(next, publicUrl);
  // Dot segments that vanish can leave two slashes: another host, to whoever reads it next.
  if (url === null || url.pathname.startsWith("//")) return null;
  return url.username === "" && url.password === "" ? url : null;
}
