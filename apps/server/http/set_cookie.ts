/**
 * Writes `Set-Cookie` values for our cookies, and those that clear them.
 *
 * Every one is `SameSite=Lax` and `Path=/`; `HttpOnly` all but the CSRF token, which script reads;
 * `Secure` and `Domain` as the configuration says.
 *
 * @see RFC 6265, section 4.1
 * @module
 */

import { COOKIES } from "@postern/wire";
import type { CookieKey } from "./cookies.ts";

/** What all our cookies have in common. */
export interface CookieSettings {
  /** Put before every name; may be empty. */
  readonly prefix: string;
  /** Shared parent domain; `undefined` for cookies of this host alone. */
  readonly domain: string | undefined;
  /** Whether browsers are to send them over https only. */
  readonly secure: boolean;
}

/** Writes cookies, each as the value of one `Set-Cookie` header. */
export interface CookieWriter {
  /** Sets one for `maxAgeS` whole seconds. A value with a character that no cookie may hold throws. */
  set(key: CookieKey, value: string, maxAgeS: number): string;
  /** Ends one, for browsers with and without `Max-Age`. */
  clear(key: CookieKey): string;
}

/** Makes the writer. */
export function createCookieWriter(settings: CookieSettings): CookieWriter {
  const domain = settings.domain === undefined ? "" : `; Domain=${settings.domain}`;
  const secure = settings.secure ? "; Secure" : "";

  function write(key: CookieKey, value: string, life: string): string {
    const httpOnly = key === "csrf" ? "" : "; HttpOnly";
    const name = `${settings.prefix}${COOKIES[key]}`;
    return `${name}=${value}; Path=/${domain}; ${life}${secure}${httpOnly}; SameSite=Lax`;
  }

  return {
    set(key, value, maxAgeS) {
      if (!isCookieValue(value)) {
        throw new TypeError(`Cannot set the cookie ${COOKIES[key]}: its value is not one`);
      }
      if (!Number.isSafeInteger(maxAgeS) || maxAgeS < 0) {
        throw new RangeError(`Cannot set the cookie ${COOKIES[key]} for ${maxAgeS} seconds`);
      }
      return write(key, value, `Max-Age=${maxAgeS}`);
    },
    clear(key) {
      return write(key, "", "Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
    },
  };
}

/** Tells whether a text is a cookie-octet sequence: printable ASCII without blank, `"`, `,`, `;`, `\`. */
function isCookieValue(text: string): boolean {
  return /^[!#-+\--:<-[\]-~]+$/.test(text);
}
