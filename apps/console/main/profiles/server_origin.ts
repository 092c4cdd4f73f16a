/**
 * Which servers the console speaks to: https anywhere, http on this machine alone.
 *
 * @module
 */

/** Names of this machine that no resolver is asked for. */
const LOOPBACK = /^(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])$/;

/** Reads the origin of a server as somebody types it; null where it is none that may be spoken to. */
export function readServerOrigin(text: string): string | null {
  const typed = text.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (url === null || url.username !== "" || url.password !== "") return null;
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") return null;
  const isFit =
    url.protocol === "https:" || (url.protocol === "http:" && isLoopbackHost(url.hostname));
  return isFit ? url.origin : null;
}

/** Tells whether a host is this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/** Tells whether an address may be opened in the browser, or called. */
export function isFitAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") return false;
  return readServerOrigin(url.origin) === url.origin;
}
