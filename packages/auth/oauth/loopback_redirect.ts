/**
 * Where the console waits for its code: a port of its own on the machine that it runs on.
 *
 * @see RFC 8252 (OAuth for native apps), section 7.3
 * @module
 */

/** The whole address, with the one part that may vary. `localhost` is not accepted: names can be made to lead elsewhere. */
const LOOPBACK_REDIRECT = /^http:\/\/127\.0\.0\.1:([1-9][0-9]{0,4})\/callback$/;

/** The highest port there is. */
const PORT_MAX = 65_535;

/** Tells whether a text is an address that a code may be sent to. Compared as text, never as a parsed address. */
export function isLoopbackRedirect(text: string): boolean {
  const port = LOOPBACK_REDIRECT.exec(text)?.[1];
  return port !== undefined && Number(port) <= PORT_MAX;
}
