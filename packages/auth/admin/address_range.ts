/**
 * Ranges of addresses, compared bit by bit: for filters, and for addresses that are kept out.
 *
 * An IPv4-mapped IPv6 address is the IPv4 address that it stands for, in a range too. Nothing here
 * decides who a caller is.
 *
 * @see RFC 4291, section 2.2 (text of IPv6 addresses) and 2.5.5.2 (IPv4-mapped); RFC 4632 (CIDR);
 * RFC 5952 (canonical text of IPv6)
 * @module
 */

/** A network, and how many of its leading bits count. */
export interface AddressRange {
  /** One character for each bit: 32 or 128. */
  readonly bits: string;
  readonly prefix: number;
}

/** What an IPv4-mapped address begins with. RFC 4291, section 2.5.5.2. */
const MAPPED = "0".repeat(80) + "1".repeat(16);

/** Reads `address` or `address/bits`; `undefined` where it is neither. Bits beyond the prefix stay. */
export function readRange(text: string): AddressRange | undefined {
  const [address = "", prefixText, ...more] = text.split("/");
  const bits = address.includes(":") ? bitsOfIpv6(address) : bitsOfIpv4(address);
  if (bits === undefined || more.length > 0) return undefined;
  if (prefixText !== undefined && !/^(?:0|[1-9]\d{0,2})$/.test(prefixText)) return undefined;
  const prefix = prefixText === undefined ? bits.length : Number(prefixText);
  if (prefix > bits.length) return undefined;
  const isMapped = bits.startsWith(MAPPED) && prefix >= MAPPED.length;
  if (!isMapped) return { bits, prefix };
  return { bits: bits.slice(MAPPED.length), prefix: prefix - MAPPED.length };
}

/** Reads the same; `undefined` also where bits are set beyond the prefix. */
export function parseRange(text: string): AddressRange | undefined {
  const range = readRange(text);
  return range === undefined || hasBitsBeyond(range) ? undefined : range;
}

/** Tells whether bits are set beyond the prefix: `10.0.0.5/8` may be meant for one host. */
export function hasBitsBeyond({ bits, prefix }: AddressRange): boolean {
  return bits.slice(prefix).includes("1");
}

/** Tells whether an address lies in a range. One of another family, or what is none, never does. */
export function isInRange(address: string | null, range: AddressRange): boolean {
  const bits = address === null ? undefined : addressBits(address);
  if (bits === undefined || bits.length !== range.bits.length) return false;
  return bits.slice(0, range.prefix) === range.bits.slice(0, range.prefix);
}

/** Tells whether a range is a single address. */
export function isSingle(range: AddressRange): boolean {
  return range.prefix === range.bits.length;
}

/** The bits of an address, 32 or 128 characters; `undefined` where it is none. */
export function addressBits(address: string): string | undefined {
  return address.includes("/") ? undefined : readRange(address)?.bits;
}

/** Writes a range in its one canonical form, with its prefix; bits beyond that are left out. */
export function rangeText({ bits, prefix }: AddressRange): string {
  const kept = bits.slice(0, prefix).padEnd(bits.length, "0");
  return `${bits.length === 32 ? ipv4Text(kept) : ipv6Text(kept)}/${prefix}`;
}

/** Writes the first address of a range in its canonical form, as addresses are kept. */
export function addressText(range: AddressRange): string {
  const [address = ""] = rangeText(range).split("/");
  return address;
}

function ipv4Text(bits: string): string {
  return numbersOf(bits, 8).join(".");
}

/** The longest run of at least two zero groups, the first of equals, is `::`. RFC 5952, section 4.2. */
function ipv6Text(bits: string): string {
  const groups = numbersOf(bits, 16).map((group) => group.toString(16));
  const runs = groups.map((_, start) => {
    const end = groups.findIndex((group, index) => index >= start && group !== "0");
    return { start, length: (end < 0 ? groups.length : end) - start };
  });
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best));
  if (longest.length < 2) return groups.join(":");
  const tail = groups.slice(longest.start + longest.length);
  return `${groups.slice(0, longest.start).join(":")}::${tail.join(":")}`;
}

function numbersOf(bits: string, width: number): number[] {
  return Array.from({ length: bits.length / width }, (_, index) =>
    Number.parseInt(bits.slice(index * width, (index + 1) * width), 2),
  );
}

function bitsOfIpv4(address: string): string | undefined {
  const parts = address.split(".");
  const fits = parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  if (parts.length !== 4 || !fits) return undefined;
  return parts.map((part) => Number(part).toString(2).padStart(8, "0")).join("");
}

function bitsOfIpv6(address: string): string | undefined {
  const plain = withoutDots(address);
  const halves = plain?.toLowerCase().split("::") ?? [];
  if (plain === undefined || halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, "0")).join("");
}

/** Writes a dotted tail, such as that of `::ffff:192.0.2.1`, as two groups. */
function withoutDots(address: string): string | undefined {
  if (!address.includes(".")) return address;
  const tailAt = address.lastIndexOf(":") + 1;
  const bits = bitsOfIpv4(address.slice(tailAt));
  if (bits === undefined) return undefined;
  const groups = numbersOf(bits, 16).map((group) => group.toString(16));
  return `${address.slice(0, tailAt)}${groups.join(":")}`;
}
