/**
 * Keeping addresses out, and letting them in again.
 *
 * @module
 */

import { type EpochMs, err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import type { AddressBlock } from "./address_blocks.ts";
import {
  type AddressRange,
  hasBitsBeyond,
  isInRange,
  isSingle,
  rangeText,
  readRange,
} from "./address_range.ts";

/** Which addresses to keep out, why, and for how long. */
export interface BlockAddress {
  /** An address or a range. An IPv6 address alone stands for its /64, as everywhere. */
  readonly cidr: string;
  readonly reason: string | null;
  /** null: until it is lifted. */
  readonly until: EpochMs | null;
}

/** Why addresses are not kept out, or not let in. */
export interface BlockAddressRefusal {
  readonly code: "invalid_request" | "conflict" | "not_found";
  /** For people. */
  readonly detail?: string;
}

/** Shortest prefixes. Wider ranges are more likely a slip than meant: a /8 has 16 million addresses. */
const PREFIX_MIN = { 32: 8, 128: 16 } as const;

/** How much of an IPv6 address one subscriber is commonly given. RFC 6177, section 2. */
const SUBSCRIBER_PREFIX = 64;

/**
 * Keeps a range of addresses out. A block of the same range is replaced. Refused where it holds the
 * address of whoever asks.
 */
export async function blockAddress(
  deps: HasClock & HasStore,
  actor: Actor,
  command: BlockAddress,
): Promise<Result<AddressBlock, BlockAddressRefusal>> {
  const at = deps.clock.now();
  const { reason, until } = command;
  const range = readBlockable(command.cidr);
  if (!range.ok) return range;
  if (until !== null && until <= at) {
    return err({ code: "invalid_request", detail: "until: this time has passed" });
  }
  const cidr = rangeText(range.value);
  const action = "admin.limits.block_address";
  return await deps.store.write<Result<AddressBlock, BlockAddressRefusal>>(async (tx) => {
    if (isInRange(actor.ip, range.value)) {
      const details = { cidr, reason, until, refused: "conflict" };
      const event = eventOf(actor, { at, action, success: false, details });
      const detail = `cidr: ${cidr} holds your own address`;
      return { value: err({ code: "conflict", detail }), event };
    }
    const found = await tx.findAddressBlock(cidr);
    const before = found === null ? null : { reason: found.reason, until: found.until };
    const block = { cidr, reason, createdAt: at, until };
    await tx.putAddressBlock(block);
    const details = { cidr, reason, until, before };
    return { value: ok(block), event: eventOf(actor, { at, action, details }) };
  });
}

/** Lets a range of addresses in again, named as it was blocked. */
export async function unblockAddress(
  deps: HasClock & HasStore,
  actor: Actor,
  command: { readonly cidr: string },
): Promise<Result<AddressBlock, BlockAddressRefusal>> {
  const at = deps.clock.now();
  const range = readBlockable(command.cidr);
  if (!range.ok) return range;
  const cidr = rangeText(range.value);
  const action = "admin.limits.unblock_address";
  return await deps.store.write<Result<AddressBlock, BlockAddressRefusal>>(async (tx) => {
    const found = await tx.findAddressBlock(cidr);
    if (found === null || !(await tx.deleteAddressBlock(cidr))) {
      const details = { cidr, refused: "not_found" };
      const event = eventOf(actor, { at, action, success: false, details });
      return { value: err({ code: "not_found", detail: `${cidr} is not blocked` }), event };
    }
    const details = { cidr, before: { reason: found.reason, until: found.until } };
    return { value: ok(found), event: eventOf(actor, { at, action, details }) };
  });
}

function readBlockable(text: string): Result<AddressRange, BlockAddressRefusal> {
  const read = readRange(text.trim());
  if (read === undefined) {
    return refuse("not an address, nor a range such as 203.0.113.0/24 or 2001:db8:0:1::/64");
  }
  const isIpv6 = read.bits.length === 128;
  if (isIpv6 && isSingle(read) && !text.includes("/")) return ok(subscriberOf(read));
  if (hasBitsBeyond(read)) {
    return refuse(`bits are set beyond the prefix; the range is ${rangeText(read)}`);
  }
  const least = isIpv6 ? PREFIX_MIN[128] : PREFIX_MIN[32];
  if (read.prefix < least) return refuse(`wider than /${least}, which is not allowed`);
  return ok(read);
}

function subscriberOf({ bits }: AddressRange): AddressRange {
  const network = bits.slice(0, SUBSCRIBER_PREFIX).padEnd(bits.length, "0");
  return { bits: network, prefix: SUBSCRIBER_PREFIX };
}

function refuse(detail: string): Result<never, BlockAddressRefusal> {
  return err({ code: "invalid_request", detail: `cidr: ${detail}` });
}
