/**
 * Names of cookies and headers, and the numbers that both sides keep to.
 *
 * @module
 */

/**
 * Cookie names, before the prefix. `browser` ties a visitor's CSRF token and signups to one browser,
 * `visit` a visit to a provider.
 */
export const COOKIES = {
  access: "access_token",
  refresh: "refresh_token",
  session: "sessionid",
  csrf: "csrftoken",
  browser: "browser",
  visit: "oauthvisit",
} as const;

/** Name of the header that repeats the CSRF cookie. */
export const CSRF_HEADER = "X-CSRFToken";

/** Largest body that is read, bytes. */
export const BODY_LIMIT_BYTES = 65_536;

/** Fewest code points of a username. */
export const USERNAME_MIN_LENGTH = 3;

/** Most code points of a username. */
export const USERNAME_MAX_LENGTH = 30;

/** Most code points of a password. */
export const PASSWORD_MAX_LENGTH = 256;

/** Fewest code points of an administrator's password, where there is no second factor. */
export const ADMIN_PASSWORD_MIN_LENGTH = 15;

/** Most code points of a person's name. */
export const NAME_MAX_LENGTH = 200;

/** Items in a page of a list, where the caller does not say. */
export const PAGE_LIMIT = 50;

/** Most items in a page of a list. */
export const PAGE_LIMIT_MAX = 200;
