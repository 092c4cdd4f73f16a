/**
 * IP addresses in one canonical form each.
 *
 * Stricter than the library beneath: four decimal parts only (no octal, hexadecimal or short forms),
 * no zones, and an IPv4-mapped IPv6 address is the IPv4 address that it stands for, so that one
 * caller never has two names.
 *
 * @see RFC 4291, section 2.5.5.2 (IPv4-mapped); RFC 5952 (text of IPv6)
 * @module
 */

import ipaddr from "ipaddr.js";

/** An address of either family. */
export type IpAddress = ipaddr.IPv4 | ipaddr.IPv6;

/** Longest text of an address: eight groups, the last two of them dotted decimal. */
const ADDRESS_MAX_LENGTH = 45;

/** Leading bits of an IPv6 address that one subscriber is commonly given. */
const SUBSCRIBER_BITS = 64;

/** Reads an address without port, brackets or zone; `undefined` where it is none. */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (text.length > ADDRESS_MAX_LENGTH) return undefined;
  if (!text.includes(":")) {
    return ipaddr.IPv4.isValidFourPartDecimal(text) ? ipaddr.IPv4.parse(text) : undefined;
  }
  if (text.includes("%") || !hasPlainTail(text) || !ipaddr.IPv6.isValid(text)) return undefined;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/** Writes an address in its canonical form, without brackets. */
export function ipAddressText(address: IpAddress): string {
  return address.kind() === "ipv4"
    ? address.toString()
    : (address as ipaddr.IPv6).toRFC5952String();
}

/**
 * Names the caller that an address is counted as: the address itself, or the /64 of an IPv6 one,
 * since whoever has one address of a /64 has them all.
 */
export function limitKeyOf(address: IpAddress): string {
  if (address.kind() === "ipv4") return address.toString();
  const groups = (address as ipaddr.IPv6).parts.slice(0, SUBSCRIBER_BITS / 16);
  const network = new ipaddr.IPv6([...groups, 0, 0, 0, 0]);
  return `${network.toRFC5952String()}/${SUBSCRIBER_BITS}`;
}

/** Tells whether what is dotted in an IPv6 text is four decimals behind a prefix that says what they are. */
function hasPlainTail(text: string): boolean {
  if (!text.includes(".")) return true;
  const tailAt = text.lastIndexOf(":") + 1;
  // `::1.2.3.4` is deprecated, and the library takes it for an IPv4-mapped address.
  const isCompatible = tailAt === 2 && text.startsWith("::");
  return !isCompatible && ipaddr.IPv4.isValidFourPartDecimal(text.slice(tailAt));
}
