/**
 * Limits: listed and edited; addresses: kept out and let in again.
 *
 * @module
 */

import { blockAddress, unblockAddress, updateLimit } from "@postern/auth";
import { seconds } from "@postern/std";
import {
  adminAddressBlock,
  adminLimit,
  blockAddressInput,
  pageInput,
  pageOf,
  unblockAddressInput,
  updateLimitInput,
} from "@postern/wire";
import { permit, router } from "../procedure.ts";
import { unwrap } from "../refused.ts";
import { addressBlockShape, limitShape } from "../shapes.ts";
import { untilOf } from "../until_of.ts";

/** The area. */
export const limits = router({
  list: permit("limits.read")
    .output(pageOf(adminLimit))
    .query(async ({ ctx }) => {
      const found = await ctx.deps.store.listLimits();
      return { items: found.map(limitShape), next: null };
    }),
  update: permit("limits.edit")
    .input(updateLimitInput)
    .output(adminLimit)
    .mutation(async ({ ctx, input }) => {
      const { id, count, window_s, enabled } = input;
      const windowMs = window_s === undefined ? undefined : seconds(window_s);
      const command = { id, count, windowMs, enabled };
      const limit = unwrap(await updateLimit(ctx.deps, ctx.actor, command));
      await ctx.deps.reloadLimits();
      return limitShape(limit);
    }),
  listBlockedAddresses: permit("limits.read")
    .input(pageInput)
    .output(pageOf(adminAddressBlock))
    .query(async ({ ctx, input }) => {
      const { clock, store } = ctx.deps;
      const page = { limit: input.limit, after: input.cursor };
      const found = await store.listAddressBlocks(clock.now(), page);
      return { items: found.items.map(addressBlockShape), next: found.next };
    }),
  blockAddress: permit("limits.edit")
    .input(blockAddressInput)
    .output(adminAddressBlock)
    .mutation(async ({ ctx, input }) => {
      const { cidr, reason = null, until } = input;
      const command = { cidr, reason, until: untilOf(until) };
      const block = unwrap(await blockAddress(ctx.deps, ctx.actor, command));
      await ctx.deps.reloadLimits();
      return addressBlockShape(block);
    }),
  unblockAddress: permit("limits.edit")
    .input(unblockAddressInput)
    .output(adminAddressBlock)
    .mutation(async ({ ctx, input }) => {
      const block = unwrap(await unblockAddress(ctx.deps, ctx.actor, input));
      await ctx.deps.reloadLimits();
      return addressBlockShape(block);
    }),
});
