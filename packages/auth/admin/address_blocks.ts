/**
 * Addresses that are kept out: what a block is, and how an address is looked up among many.
 *
 * Pure: whoever asks compares with the clock.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";
import { addressBits, parseRange } from "./address_range.ts";

/** A range of addresses that is kept out. */
export interface AddressBlock {
  /** Canonical, with its prefix. */
  readonly cidr: string;
  readonly reason: string | null;
  readonly createdAt: EpochMs;
  /** null: until it is lifted. */
  readonly until: EpochMs | null;
}

/**
 * Tells until when an address is kept out, milliseconds since the epoch: the latest end of all that
 * hold it, 0 where none does, infinity where one has no end.
 */
export type BlockEnd = (address: string) => number;

/**
 * Prepares blocks for being looked up: a look for each prefix length that occurs, however many
 * blocks there are.
 */
export function compileBlocks(blocks: readonly AddressBlock[]): BlockEnd {
  const families = { 32: new Map<number, Ends>(), 128: new Map<number, Ends>() };
  for (const { cidr, until } of blocks) {
    const range = parseRange(cidr);
    if (range === undefined) continue;
    const family = families[range.bits.length === 32 ? 32 : 128];
    const ends = family.get(range.prefix) ?? new Map<string, number>();
    family.set(range.prefix, ends);
    const key = range.bits.slice(0, range.prefix);
    ends.set(key, Math.max(ends.get(key) ?? 0, until ?? Number.POSITIVE_INFINITY));
  }
  return (address) => {
    const bits = addressBits(address);
    if (bits === undefined) return 0;
    let end = 0;
    for (const [prefix, ends] of families[bits.length === 32 ? 32 : 128]) {
      end = Math.max(end, ends.get(bits.slice(0, prefix)) ?? 0);
    }
    return end;
  };
}

/** Ends by the leading bits. */
type Ends = Map<string, number>;
