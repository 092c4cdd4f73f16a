/**
 * Who may call from another origin, for `@elysiajs/cors`, and the finish that it leaves undone.
 *
 * Read in its code and tried, 1.4.2: given a list of strings it also lets in the names of
 * `Object.prototype` (`Origin: toString`) and any scheme before a listed origin
 * (`x://https://id.example.org`), so it is given a function. Refused origins are still told the
 * methods, headers and credentials that others get, and a route that sets `Vary` loses its `Origin`.
 *
 * @see WHATWG Fetch, section 3.3 (CORS protocol)
 * @module
 */

import type { CORSConfig } from "@elysiajs/cors";

/** Says whether an origin may call with credentials; exact, and never `null`. */
export type OriginCheck = (origin: string | null) => boolean;

/** Methods that an allowed origin may use. */
const METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"];

/** Headers that it may send. */
const REQUEST_HEADERS = ["X-CSRFToken", "Content-Type", "Authorization"];

/** Headers of ours that its scripts may read. */
const EXPOSED_HEADERS = "X-Request-Id, Retry-After, RateLimit, RateLimit-Policy";

/** How long a browser may remember the answer to a preflight: a day. */
const PREFLIGHT_MAX_AGE_S = 86_400;

/** What a refused origin must not be sent. */
const ALLOWANCES = [
  "access-control-allow-origin",
  "access-control-allow-credentials",
  "access-control-allow-methods",
  "access-control-allow-headers",
  "access-control-expose-headers",
  "access-control-max-age",
] as const;

/** Makes the check for a list of origins in their canonical form. */
export function createOriginCheck(allowedOrigins: readonly string[]): OriginCheck {
  const allowed = new Set(allowedOrigins);
  return (origin) => origin !== null && allowed.has(origin);
}

/** Makes the options of the plugin. */
export function corsOptions(isAllowedOrigin: OriginCheck): CORSConfig {
  return {
    origin: (request) => isAllowedOrigin(request.headers.get("origin")),
    credentials: true,
    methods: METHODS.join(", "),
    allowedHeaders: REQUEST_HEADERS.join(", "),
    exposeHeaders: EXPOSED_HEADERS,
    maxAge: PREFLIGHT_MAX_AGE_S,
  };
}

/**
 * Finishes the headers of an answer, whoever made it: takes from a refused origin what is only for
 * allowed ones, lets an allowed one read what the plugin never saw (all but preflights), and says
 * that the answer depends on `Origin`.
 *
 * A call without `Origin` is no call from elsewhere: there is nothing to take, and browsers read
 * none of it without `Access-Control-Allow-Origin`.
 */
export function finishCors(headers: Headers, origin: string | null, isAllowed: boolean): void {
  if (origin !== null) finishAllowances(headers, origin, isAllowed);
  const vary = headers.get("vary");
  if (vary === "Origin") return;
  if (vary === null) headers.set("vary", "Origin");
  else if (!variesByOrigin(vary)) headers.set("vary", `${vary}, Origin`);
}

function finishAllowances(headers: Headers, origin: string, isAllowed: boolean): void {
  if (!isAllowed) {
    for (const name of ALLOWANCES) headers.delete(name);
  } else if (!headers.has("access-control-allow-origin")) {
    headers.set("access-control-allow-origin", origin);
    headers.set("access-control-allow-credentials", "true");
    headers.set("access-control-expose-headers", EXPOSED_HEADERS);
  }
}

function variesByOrigin(vary: string): boolean {
  return vary.split(",").some((name) => {
    const lower = name.trim().toLowerCase();
    return lower === "origin" || lower === "*";
  });
}
