/**
 * The headers that every answer carries, errors and redirects too.
 *
 * Made once: an answer only copies them. Pages put their own policy in the place of the one here.
 *
 * @see OWASP Secure Headers Project
 * @module
 */

import type { ContentSecurityPolicies } from "./csp.ts";

/** Header values by lower-case name. */
export type HeaderRecord = Readonly<Record<string, string>>;

/** Name of the policy header, for answers that set another policy. */
export const CSP_HEADER = "content-security-policy";

/**
 * Features that none of our pages uses, each denied to everyone. Chromium 156 knows all of them and
 * so warns of none. Copying to the clipboard stays possible, by a person's own click.
 */
const CLOSED_FEATURES = [
  "accelerometer",
  "autoplay",
  "browsing-topics",
  "camera",
  "captured-surface-control",
  "clipboard-read",
  "compute-pressure",
  "digital-credentials-get",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "gamepad",
  "geolocation",
  "gyroscope",
  "hid",
  "identity-credentials-get",
  "idle-detection",
  "interest-cohort",
  "keyboard-map",
  "local-fonts",
  "local-network-access",
  "magnetometer",
  "microphone",
  "midi",
  "otp-credentials",
  "payment",
  "picture-in-picture",
  "screen-wake-lock",
  "serial",
  "speaker-selection",
  "storage-access",
  "sync-xhr",
  "usb",
  "window-management",
  "xr-spatial-tracking",
] as const;

/** Features that sign-in by passkey needs. */
const OWN_FEATURES = ["publickey-credentials-get", "publickey-credentials-create"] as const;

const PERMISSIONS_POLICY = [
  ...CLOSED_FEATURES.map((feature) => `${feature}=()`),
  ...OWN_FEATURES.map((feature) => `${feature}=(self)`),
].join(", ");

/** A year, with subdomains: the least that browsers' preload lists take. RFC 6797, section 6.1. */
const STRICT_TRANSPORT_SECURITY = "max-age=31536000; includeSubDomains; preload";

/** Makes the headers. With `isHttps` browsers are told to come over https only, for a year. */
export function createSecurityHeaders(
  policies: ContentSecurityPolicies,
  isHttps: boolean,
): HeaderRecord {
  const headers: Record<string, string> = {
    [CSP_HEADER]: policies.api,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-xss-protection": "0",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": PERMISSIONS_POLICY,
  };
  if (policies.reportingEndpoints !== undefined) {
    headers["reporting-endpoints"] = policies.reportingEndpoints;
  }
  if (isHttps) headers["strict-transport-security"] = STRICT_TRANSPORT_SECURITY;
  return Object.freeze(headers);
}
