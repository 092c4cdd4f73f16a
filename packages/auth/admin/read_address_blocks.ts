/**
 * Reading all blocks of addresses.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";
import type { HasStore } from "../ports.ts";
import type { AddressBlock } from "./address_blocks.ts";

/** Rows that are read at a time. */
const READ_AT_ONCE = 1_000;

/** Reads all blocks that hold now. */
export async function readAddressBlocks(
  { store }: HasStore,
  now: EpochMs,
): Promise<readonly AddressBlock[]> {
  const blocks: AddressBlock[] = [];
  let after: string | undefined;
  do {
    const page = await store.listAddressBlocks(now, { limit: READ_AT_ONCE, after });
    blocks.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return blocks;
}
