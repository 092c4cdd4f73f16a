/**
 * Limits: listed and edited.
 *
 * @module
 */

import { updateLimit } from "@postern/auth";
import { seconds } from "@postern/std";
import { adminLimit, pageOf, updateLimitInput } from "@postern/wire";
import { permit, router } from "../procedure.ts";
import { unwrap } from "../refused.ts";
import { limitShape } from "../shapes.ts";

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
});
