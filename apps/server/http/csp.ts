/**
 * Content security policies: one for answers that are no page, one for pages.
 *
 * Neither has `unsafe-inline`, `unsafe-eval` or a wildcard. On https both reports go to one named
 * endpoint beside `report-uri`; on http only `report-uri` is written, since Chromium 156 then drops
 * the named endpoint, and ignores `report-uri` where `report-to` stands (measured).
 *
 * @see W3C Content Security Policy Level 3; W3C Reporting API
 * @module
 */

/** Where browsers send reports. */
const CSP_REPORT_PATH = "/api/v1/csp-report";

/** Name under which `report-to` finds the endpoint. */
const REPORT_GROUP = "csp";

/** The policies of one server. */
export interface ContentSecurityPolicies {
  /** For JSON, redirects, errors: nothing may be loaded or framed. */
  readonly api: string;
  /** For a page whose scripts and styles carry the nonce, new for each answer. */
  readonly page: (nonce: string) => string;
  /** Value of `Reporting-Endpoints`; `undefined` where browsers would ignore it. */
  readonly reportingEndpoints: string | undefined;
}

/** Makes the policies for what browsers see as `publicUrl`, an origin. */
export function createContentSecurityPolicies(publicUrl: string): ContentSecurityPolicies {
  const isHttps = publicUrl.startsWith("https:");
  const reports = isHttps
    ? `report-uri ${CSP_REPORT_PATH}; report-to ${REPORT_GROUP}`
    : `report-uri ${CSP_REPORT_PATH}`;
  // http: to ws:, https: to wss:. Older Safari does not take 'self' to cover them.
  const socketOrigin = publicUrl.replace("http", "ws");
  const rest = [
    "img-src 'self' data: https:",
    "font-src 'self'",
    `connect-src 'self' ${socketOrigin}`,
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    reports,
  ].join("; ");

  return {
    api: `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; ${reports}`,
    page(nonce) {
      if (!isNonce(nonce)) throw new TypeError("Cannot write a policy: the nonce is not base64");
      return `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; ${rest}`;
    },
    reportingEndpoints: isHttps ? `${REPORT_GROUP}="${CSP_REPORT_PATH}"` : undefined,
  };
}

/** At least 128 bits in base64 or base64url. Anything else could end the directive. */
function isNonce(text: string): boolean {
  return /^[A-Za-z0-9+/_-]{22,}={0,2}$/.test(text);
}
