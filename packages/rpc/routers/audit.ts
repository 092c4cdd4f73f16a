/**
 * The audit log: listed, and its chain checked.
 *
 * @module
 */

import { followEvents, searchEvents, verifyChain } from "@postern/auth";
import { seconds } from "@postern/std";
import {
  adminEvent,
  chainReport,
  exportedEvents,
  exportInput,
  listInput,
  pageOf,
  tailInput,
  tailPiece,
} from "@postern/wire";
import { csvOf, ndjsonOf } from "../event_text.ts";
import { permit, router } from "../procedure.ts";
import { unwrap } from "../refused.ts";
import { eventShape } from "../shapes.ts";
import { tell } from "../streams.ts";

/** Events in one piece of an export. */
const EXPORT_PIECE = 1_000;

/** How often a tail looks for events of other processes. */
const TAIL_EVERY_MS = seconds(1);

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
  tail: permit("audit.read")
    .input(tailInput)
    .subscription(async ({ ctx, input, signal }) => {
      const { query, after, lastEventId } = input;
      const from = lastEventId ?? after;
      const command = { query, after: from === undefined ? undefined : Number(from) };
      const follower = unwrap(await followEvents(ctx.deps, command));
      let known: number | undefined;
      return tell(
        { ...ctx, permission: "audit.read", signal },
        {
          output: tailPiece,
          everyMs: TAIL_EVERY_MS,
          read: async () => {
            const { events, position, more } = await follower.read();
            // Also where none matches: whoever is cut off is not to have all looked at again.
            const isNews = events.length > 0 || known === undefined || more;
            known = position;
            if (!isNews) return { more };
            return {
              more,
              tell: { id: String(position), data: { items: events.map(eventShape) } },
            };
          },
        },
      );
    }),
  verify: permit("audit.read")
    .output(chainReport)
    .query(async ({ ctx }) => {
      const { ok, checked, firstBad } = await verifyChain(ctx.deps, () => undefined);
      return { ok, checked, first_bad: firstBad === null ? null : String(firstBad) };
    }),
});
