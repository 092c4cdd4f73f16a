/**
 * The audit log: listed, and its chain checked.
 *
 * @module
 */

import { searchEvents, verifyChain } from "@postern/auth";
import {
  adminEvent,
  chainReport,
  exportedEvents,
  exportInput,
  listInput,
  pageOf,
} from "@postern/wire";
import { csvOf, ndjsonOf } from "../event_text.ts";
import { permit, router } from "../procedure.ts";
import { unwrap } from "../refused.ts";
import { eventShape } from "../shapes.ts";

/** Events in one piece of an export. */
const EXPORT_PIECE = 1_000;

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
  export: permit("audit.read")
    .input(exportInput)
    .output(exportedEvents)
    .query(async ({ ctx, input }) => {
      const { query, format, cursor: after } = input;
      const found = unwrap(await searchEvents(ctx.deps, { query, limit: EXPORT_PIECE, after }));
      const events = found.items.map(eventShape);
      const text = format === "csv" ? csvOf(events, after === undefined) : ndjsonOf(events);
      return { text, next: found.next };
    }),
  verify: permit("audit.read")
    .output(chainReport)
    .query(async ({ ctx }) => {
      const { ok, checked, firstBad } = await verifyChain(ctx.deps, () => undefined);
      return { ok, checked, first_bad: firstBad === null ? null : String(firstBad) };
    }),
});
