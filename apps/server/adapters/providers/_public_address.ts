/**
 * Which addresses a call may go to.
 *
 * An address counts as public where ipaddr.js knows no special range for it. Forms of IPv6 that stand
 * for an IPv4 address (mapped, NAT64, 6to4, Teredo) are special ranges too, so nothing private hides in
 * them; and of IPv6 only what is allocated for global unicast counts at all.
 *
 * @see IANA IPv4 and IPv6 Special-Purpose Address Registries; RFC 4291, section 2.4
 * @module
 */

import ipaddr from "ipaddr.js";

/** What kind of place an address is. */
export type Reach = "public" | "loopback" | "other";

/** All of global unicast. RFC 4291, section 2.4; IANA has allocated nothing else. */
const GLOBAL_UNICAST = [ipaddr.IPv6.parse("2000::"), 3] as const;

/** Tells what kind of place an address is, given without brackets; anything odd is `other`. */
export function reachOf(address: string): Reach {
  if (address.includes("%")) return "other";
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return reachOfRange(ipaddr.IPv4.parse(address));
  if (!address.includes(":") || !ipaddr.IPv6.isValid(address)) return "other";
  const parsed = ipaddr.IPv6.parse(address);
  const reach = reachOfRange(parsed);
  return reach === "public" && !parsed.match(...GLOBAL_UNICAST) ? "other" : reach;
}

function reachOfRange(address: ipaddr.IPv4 | ipaddr.IPv6): Reach {
  const range = address.range();
  if (range === "unicast") return "public";
  return range === "loopback" ? "loopback" : "other";
}
