/**
 * Limits: listed and edited; addresses: kept out and let in again.
 *
 * @module
 */

import { blockAddress, dryRunLimit, resetCount, unblockAddress, updateLimit } from "@postern/auth";
import { seconds, timeText } from "@postern/std";
import {
  adminAddressBlock,
  adminLimit,
  blockAddressInput,
  countInput,
  type DraftLimit,
  draftLimitInput,
  limitDryRun,
  limitPressure,
  liveInput,
  pageInput,
  pageOf,
  unblockAddressInput,
  updateLimitInput,
} from "@postern/wire";
import type { AdminDeps } from "../context.ts";
import { permit, router } from "../procedure.ts";
import { goodPage, unwrap } from "../refused.ts";
import { addressBlockShape, limitShape, pressureShape } from "../shapes.ts";
import { tell } from "../streams.ts";
import { untilOf } from "../until_of.ts";

/** How often counters are looked at while somebody looks on. */
const LOOK_EVERY_MS = seconds(1);

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
      const command = { ...draftOf(input), expected: input.expected };
      const limit = unwrap(await updateLimit(ctx.deps, ctx.actor, command));
      await ctx.deps.reloadLimits();
      return limitShape(limit);
    }),
  pressure: permit("limits.read")
    .output(limitPressure)
    .query(({ ctx }) => pressureOf(ctx.deps)),
  live: permit("limits.read")
    .input(liveInput)
    .subscription(({ ctx, signal }) => {
      let told = "";
      return tell(
        { ...ctx, permission: "limits.read", signal },
        {
          output: limitPressure,
          everyMs: LOOK_EVERY_MS,
          read: async () => {
            const data = await pressureOf(ctx.deps);
            const text = JSON.stringify(data);
            if (text === told) return { more: false };
            told = text;
            return { more: false, tell: { id: String(ctx.deps.clock.now()), data } };
          },
        },
      );
    }),
  resetCount: permit("limits.edit")
    .input(countInput)
    .output(countInput)
    .mutation(async ({ ctx, input }) => {
      unwrap(await resetCount(ctx.deps, ctx.actor, input));
      return input;
    }),
  dryRun: permit("limits.read")
    .input(draftLimitInput)
    .output(limitDryRun)
    .query(async ({ ctx, input }) => {
      const found = unwrap(await dryRunLimit(ctx.deps, draftOf(input)));
      return {
        decisions: found.decisions,
        from: found.from === null ? null : timeText(found.from),
        refused: found.refused,
        would_refuse: found.wouldRefuse,
        signed_in_later: found.signedInLater,
        subjects: found.subjects,
      };
    }),
  listBlockedAddresses: permit("limits.read")
    .input(pageInput)
    .output(pageOf(adminAddressBlock))
    .query(async ({ ctx, input }) => {
      const { clock, store } = ctx.deps;
      const page = { limit: input.limit, after: input.cursor };
      const found = goodPage(await store.listAddressBlocks(clock.now(), page));
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

function draftOf(input: DraftLimit) {
  const { id, count, window_s, enabled } = input;
  return { id, count, windowMs: window_s === undefined ? undefined : seconds(window_s), enabled };
}

async function pressureOf({ store, decisions }: AdminDeps) {
  const limits = await store.listLimits();
  const items = limits.map(({ id, windowMs }) =>
    pressureShape(id, decisions.pressure(id, windowMs)),
  );
  return { items };
}
