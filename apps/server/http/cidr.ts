/**
 * Ranges of addresses: a network and how many of its leading bits count.
 *
 * @see RFC 4632 (CIDR)
 * @module
 */

import { type IpAddress, ipAddressText, parseIpAddress } from "./ip_address.ts";

/** A range of addresses of one family. */
export interface Cidr {
  readonly network: IpAddress;
  readonly bits: number;
}

/** Leading bits of an IPv4-mapped address that are the mapping. */
const MAPPED_BITS = 96;

/**
 * Reads `address/bits`, or an address alone for just that one.
 *
 * `undefined` where it is neither, and where bits are set beyond the prefix: `10.0.0.5/8` is as
 * likely meant for one host as for sixteen million.
 */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf("/");
  const addressPart = slash < 0 ? text : text.slice(0, slash);
  const network = parseIpAddress(addressPart);
  if (network === undefined) return undefined;
  const widthBits = network.kind() === "ipv4" ? 32 : 128;
  if (slash < 0) return { network, bits: widthBits };
  const isMapped = widthBits === 32 && addressPart.includes(":");
  const bits = parsePrefix(text.slice(slash + 1)) - (isMapped ? MAPPED_BITS : 0);
  if (!(bits >= 0 && bits <= widthBits)) return undefined;
  return hasBitsBeyond(network, bits) ? undefined : { network, bits };
}

/** Tells whether an address lies in a range. One of another family never does. */
export function isInCidr(address: IpAddress, cidr: Cidr): boolean {
  return address.kind() === cidr.network.kind() && address.match([cidr.network, cidr.bits]);
}

/** Writes a range in its canonical form. */
export function cidrText(cidr: Cidr): string {
  return `${ipAddressText(cidr.network)}/${cidr.bits}`;
}

function parsePrefix(text: string): number {
  return /^(?:0|[1-9]\d{0,2})$/.test(text) ? Number(text) : Number.NaN;
}

function hasBitsBeyond(network: IpAddress, bits: number): boolean {
  return network.toByteArray().some((byte, index) => {
    const kept = Math.min(Math.max(bits - index * 8, 0), 8);
    return (byte & (0xff >> kept)) !== 0;
  });
}
