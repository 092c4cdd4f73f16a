/**
 * The addresses that are kept out, in memory: read when they change and not when they are used.
 *
 * While there are none, a request does not even have its caller's address looked up for them.
 *
 * @module
 */

import { type AddressBlock, type BlockEnd, compileBlocks } from "@postern/auth";
import type { Clock } from "@postern/std";
import { createBoundedMemo } from "../bounded_memo.ts";
import type { Caller } from "./client_address.ts";

/** Most callers whose answer is remembered. */
const MEMO_LIMIT = 8_192;

/** Addresses that are kept out, which can be replaced while the server runs. */
export interface BlockedAddresses {
  /** Tells whether whoever asks is kept out. */
  holds(context: { readonly caller: Pick<Caller, "ip"> }): boolean;
  /** Puts other blocks in force, from the next request on. */
  replace(blocks: readonly AddressBlock[]): void;
}

interface End {
  /** Milliseconds since the epoch; 0 for a caller that is not kept out. */
  readonly at: number;
}

/** Makes it, empty. */
export function createBlockedAddresses(clock: Clock): BlockedAddresses {
  let ends = createBoundedMemo<End>(MEMO_LIMIT);
  let blockEnd: BlockEnd | undefined;

  function look(endOf: BlockEnd, ip: string): End {
    const end = { at: endOf(ip) };
    ends.set(ip, end);
    return end;
  }

  return {
    holds(context) {
      if (blockEnd === undefined) return false;
      const { ip } = context.caller;
      const end = ends.get(ip) ?? look(blockEnd, ip);
      return end.at > 0 && clock.now() < end.at;
    },
    replace(blocks) {
      ends = createBoundedMemo(MEMO_LIMIT);
      blockEnd = blocks.length === 0 ? undefined : compileBlocks(blocks);
    },
  };
}
