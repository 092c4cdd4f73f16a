/**
 * A range of addresses as people say it.
 *
 * @module
 */

/** Leaves the length of the prefix out where the range is one address. */
export function cidrWords(cidr: string): string {
  return cidr.includes(":") ? cidr.replace(/\/128$/, "") : cidr.replace(/\/32$/, "");
}
