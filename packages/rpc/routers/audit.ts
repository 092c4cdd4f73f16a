/**
 * The audit log: listed, and its chain checked.
 *
 * @module
 */

import { searchEvents, verifyChain } from "@postern/auth";
import { adminEvent, chainReport, listInput, pageOf } from "@postern/wire";
import { permit, router } from "../procedure.ts";
import { unwrap } from "../refused.ts";
import { eventShape } from "../shapes.ts";

/** The area. */
export const audit = router({
  list: permit("audit.read")
    .input(listInput)
    .output(pageOf(adminEvent))
    .query(async ({ ctx, input }) => {
      const { query, limit, cursor: after } = input;
      const found = unwrap(await searchEvents(ctx.deps, { query, limit, after }));
      return { items: found.items.map(eventShape), next: found.next };
    }),
  verify: permit("audit.read")
    .output(chainReport)
    .query(async ({ ctx }) => {
      const { ok, checked, firstBad } = await verifyChain(ctx.deps, () => undefined);
      return { ok, checked, first_bad: firstBad === null ? null : String(firstBad) };
    }),
});
