/**
 * Ranges of addresses, compared bit by bit, for filters.
 *
 * Takes addresses in the canonical form that events and sessions hold; nothing here decides who
 * a caller is.
 *
 * @see RFC 4291, section 2.2 (text of IPv6 addresses); RFC 4632 (CIDR)
 * @module
 */

/** A network, and how many of its leading bits count. */
export interface AddressRange {
  /** One number for each bit: 32 or 128. */
  readonly bits: string;
  readonly prefix: number;
}

/** Reads `address` or `address/bits`; `undefined` where it is neither, or has bits beyond its prefix. */
export function parseRange(text: string): AddressRange | undefined {
  const [address = "", prefixText, ...more] = text.split("/");
  const bits = bitsOf(address);
  if (bits === undefined || more.length > 0) return undefined;
  if (prefixText === undefined) return { bits, prefix: bits.length };
  if (!/^(?:0|[1-9]\d{0,2})$/.test(prefixText)) return undefined;
  const prefix = Number(prefixText);
  if (prefix > bits.length || bits.slice(prefix).includes("1")) return undefined;
  return { bits, prefix };
}

/** Tells whether an address lies in a range. One of another family, or what is none, never does. */
export function isInRange(address: string | null, range: AddressRange): boolean {
  const bits = address === null ? undefined : bitsOf(address);
  if (bits === undefined || bits.length !== range.bits.length) return false;
  return bits.slice(0, range.prefix) === range.bits.slice(0, range.prefix);
}

/** Tells whether a range is a single address. */
export function isSingle(range: AddressRange): boolean {
  return range.prefix === range.bits.length;
}

function bitsOf(address: string): string | undefined {
  return address.includes(":") ? bitsOfIpv6(address) : bitsOfIpv4(address);
}

function bitsOfIpv4(address: string): string | undefined {
  const parts = address.split(".");
  const fits = parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  if (parts.length !== 4 || !fits) return undefined;
  return parts.map((part) => Number(part).toString(2).padStart(8, "0")).join("");
}

function bitsOfIpv6(address: string): string | undefined {
  const halves = address.toLowerCase().split("::");
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, "0")).join("");
}
