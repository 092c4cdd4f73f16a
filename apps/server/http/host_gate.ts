/**
 * Decides by the `Host` header whether a request is for this server at all, before any route is
 * looked up.
 *
 * What Bun 1.4.5 hands over, measured: two `Host` headers arrive as one value joined by `, `; an
 * empty one, and none in HTTP/1.0, make `request.url` a bare path; any value with a character that
 * no host has does too; in an absolute-form target the header decides, not the target. Bun itself
 * answers 400 to none in HTTP/1.1, to a folded line and to control characters.
 *
 * @see RFC 9112, section 3.2 (400 for none, several or an invalid one)
 * @see RFC 9110, section 7.4 (421 for another authority)
 * @module
 */

import { ipAddressText, parseIpAddress } from "./ip_address.ts";

/** What is to be done: go on, answer 421, or answer 400. */
export type HostVerdict = "accepted" | "misdirected" | "malformed";

/** Judges the raw value of the header; `null` where there was none. */
export type HostGate = (host: string | null) => HostVerdict;

/** Most spellings (port, case) that are remembered. Callers choose them, so they are bounded. */
const KNOWN_LIMIT = 256;

/** Longest host name, 253, with a colon and a port. RFC 1035, section 2.3.4. */
const HOST_MAX_LENGTH = 259;

/**
 * Fewest characters of the value. Elysia looks for the path from the twelfth character of the URL
 * on, so `Host: abc` would make it read `http://abc/api/v1/x` as `/v1/x`.
 */
const HOST_MIN_LENGTH = 4;

/**
 * Makes the gate.
 *
 * @param allowedHosts Hosts in lower case without port; IPv6 canonical and in brackets.
 */
export function createHostGate(allowedHosts: readonly string[]): HostGate {
  const allowed = new Set(allowedHosts);
  const known = new Set<string>();

  function judge(host: string): HostVerdict {
    const name = hostWithoutPort(host);
    if (name === undefined) return "malformed";
    if (!allowed.has(name) || host.length < HOST_MIN_LENGTH) return "misdirected";
    if (known.size < KNOWN_LIMIT) known.add(host);
    return "accepted";
  }

  return (host) => {
    if (host === null) return "malformed";
    return known.has(host) ? "accepted" : judge(host);
  };
}

/** Takes the port off and lowers the case; `undefined` where the value is no host. */
export function hostWithoutPort(host: string): string | undefined {
  if (host.length > HOST_MAX_LENGTH) return undefined;
  if (host.startsWith("[")) {
    const close = host.indexOf("]");
    if (close < 0 || !isPortSuffix(host.slice(close + 1))) return undefined;
    const address = parseIpAddress(host.slice(1, close));
    const isMapped = address?.kind() === "ipv4";
    return address === undefined || isMapped ? undefined : `[${ipAddressText(address)}]`;
  }
  const colon = host.indexOf(":");
  const name = colon < 0 ? host : host.slice(0, colon);
  const hasPort = colon < 0 || isPortSuffix(host.slice(colon));
  return hasPort && isName(name) ? name.toLowerCase() : undefined;
}

function isName(text: string): boolean {
  return /^[A-Za-z0-9._-]+$/.test(text);
}

/** Empty, or a colon and a port. RFC 3986 lets the port be empty. */
function isPortSuffix(text: string): boolean {
  return /^(?::\d{0,5})?$/.test(text) && Number(text.slice(1)) <= 65_535;
}
