/**
 * Origins and hosts in their canonical form.
 *
 * @see RFC 6454, section 6.2 (ASCII serialization of an origin)
 * @module
 */

import { ipAddressText, parseIpAddress } from "../http/ip_address.ts";

/** An origin of the web. */
export interface WebOrigin {
  /** `scheme://host[:port]`, as browsers send it. */
  readonly text: string;
  /** In lower case, without port; IPv6 in brackets. */
  readonly host: string;
  readonly isHttps: boolean;
}

const LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
const HOST_NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`, "i");

/** Longest host name. RFC 1035, section 2.3.4. */
const HOST_MAX_LENGTH = 253;

/** Reads `http://host[:port]` or `https://…`; `undefined` where there is a path or anything else. */
export function parseOrigin(text: string): WebOrigin | undefined {
  if (!/^https?:\/\/[^/?#@\\\s]+$/i.test(text)) return undefined;
  const url = URL.parse(text);
  if (url === null || url.port === "0") return undefined;
  const host = parseHost(url.hostname);
  if (host === undefined) return undefined;
  return { text: url.origin, host, isHttps: url.protocol === "https:" };
}

/** Reads a host without port: a name, an IPv4 address, or an IPv6 address in brackets. */
export function parseHost(text: string): string | undefined {
  if (text.startsWith("[") && text.endsWith("]")) {
    const address = parseIpAddress(text.slice(1, -1));
    return address?.kind() === "ipv6" ? `[${ipAddressText(address)}]` : undefined;
  }
  return isHostName(text) ? text.toLowerCase() : undefined;
}

/** Tells whether a host is an address and no name. */
export function isAddress(host: string): boolean {
  return host.startsWith("[") || parseIpAddress(host) !== undefined;
}

/** Names consist of labels; what looks like numbers throughout must be an IPv4 address. */
function isHostName(text: string): boolean {
  if (text.length > HOST_MAX_LENGTH || !HOST_NAME.test(text)) return false;
  return /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/i.test(text) ? parseIpAddress(text) !== undefined : true;
}
