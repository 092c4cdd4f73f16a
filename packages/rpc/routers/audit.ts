/**
 * The audit log: listed, and its chain checked.
 *
 * @module
 */

import {
  CHAIN_START,
  facetEvents,
  followEvents,
  follows,
  searchEvents,
  verifyChain,
  walkChain,
} from "@postern/auth";
import { seconds } from "@postern/std";
import {
  adminEvent,
  adminEventDetail,
  chainProgress,
  chainReport,
  eventFacets,
  eventInput,
  exportedEvents,
  exportInput,
  listInput,
  pageOf,
  queryInput,
  tailInput,
  tailPiece,
  walkInput,
} from "@postern/wire";
import type { AdminDeps } from "../context.ts";
import { csvOf, ndjsonOf } from "../event_text.ts";
import { permit, router } from "../procedure.ts";
import { goodPage, refused, unwrap } from "../refused.ts";
import { eventShape, facetShape } from "../shapes.ts";
import { tell } from "../streams.ts";

/** How often a tail looks for events of other processes. */
const TAIL_EVERY_MS = seconds(1);

/** The area. */
export const audit = router({
  list: permit("audit.read")
    .input(listInput)
    .output(pageOf(adminEvent))
    .query(async ({ ctx, input }) => {
      const { query, limit, cursor: after } = input;
      const found = goodPage(unwrap(await searchEvents(ctx.deps, { query, limit, after })));
      return { items: found.items.map(eventShape), next: found.next };
    }),
  get: permit("audit.read")
    .input(eventInput)
    .output(adminEventDetail)
    .query(({ ctx, input }) => show(ctx.deps, Number(input.id))),
  facets: permit("audit.read")
    .input(queryInput)
    .output(eventFacets)
    .query(async ({ ctx, input }) => facetShape(unwrap(await facetEvents(ctx.deps, input.query)))),
  export: permit("audit.read")
    .input(exportInput)
    .output(exportedEvents)
    .query(async ({ ctx, input }) => {
      const { query, format, limit, cursor: after } = input;
      const found = goodPage(unwrap(await searchEvents(ctx.deps, { query, limit, after })));
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
  verifyLive: permit("audit.read")
    .input(walkInput)
    .subscription(async ({ ctx, input, signal }) => {
      const step = await walkChain(ctx.deps, Number(input.lastEventId ?? 0));
      return tell(
        { ...ctx, permission: "audit.read", signal },
        {
          output: chainProgress,
          everyMs: TAIL_EVERY_MS,
          read: async () => {
            const found = await walkSome(step);
            const { ok, checked, firstBad, isDone: done } = found;
            const total = Math.max(await ctx.deps.store.newestEvent(), checked);
            const first_bad = firstBad === null ? null : String(firstBad);
            const data = { ok, checked, first_bad, total, done };
            return { tell: { id: String(checked), data }, more: true, isLast: done };
          },
        },
      );
    }),
});

/** Pieces of the walk that are told of at once. */
const PIECES_TOLD = 10;

async function walkSome(step: Awaited<ReturnType<typeof walkChain>>) {
  let found = await step();
  for (let pieces = 1; pieces < PIECES_TOLD && !found.isDone; pieces += 1) found = await step();
  return found;
}

/** An event with the one before it, which tells whether it stands where it was put. */
async function show({ store, sha256 }: AdminDeps, position: number) {
  const read = await store.readChain(Math.max(1, position - 1), 2);
  const event = read.find(({ seq }) => seq === position);
  if (event === undefined) throw refused("not_found");
  const first = position === 1 ? { seq: 0, hash: CHAIN_START } : undefined;
  const previous = read.find(({ seq }) => seq === position - 1) ?? first;
  const { before = null, after = null } = event.details;
  return {
    ...eventShape(event),
    before: before as null,
    after: after as null,
    hash: event.hash,
    previous_hash: event.previousHash,
    intact: previous !== undefined && follows(sha256, previous, event),
  };
}
