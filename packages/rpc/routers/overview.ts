/**
 * The overview: what happens now, and what needs somebody.
 *
 * @module
 */

import { type EpochMs, epochMs, seconds } from "@postern/std";
import { adminSample, adminSummary, liveInput, pageOf } from "@postern/wire";
import { permit, router } from "../procedure.ts";
import { sharedSummary } from "../shared_summary.ts";
import { tell } from "../streams.ts";
import { sampleShape, summaryShape } from "../summary_shape.ts";

/** How often things are looked at while nothing is known to have happened. */
const LOOK_EVERY_MS = seconds(1);

/** How often the summary is told at least. */
const TELL_EVERY_MS = seconds(5);

/** The area. */
export const overview = router({
  summary: permit("overview.read")
    .output(adminSummary)
    .query(async ({ ctx }) => summaryShape(await sharedSummary(ctx.deps))),
  history: permit("overview.read")
    .output(pageOf(adminSample))
    .query(({ ctx }) => {
      const items = ctx.deps.activity.samples().map(sampleShape);
      return { items: items.toReversed(), next: null };
    }),
  live: permit("overview.read")
    .input(liveInput)
    .subscription(({ ctx, signal }) => {
      let told: { readonly text: string; readonly at: EpochMs } = { text: "", at: epochMs(0) };
      return tell(
        { ...ctx, permission: "overview.read", signal },
        {
          output: adminSummary,
          everyMs: LOOK_EVERY_MS,
          read: async () => {
            const summary = await sharedSummary(ctx.deps);
            const text = JSON.stringify({ ...summary, at: 0 });
            if (text === told.text && summary.at - told.at < TELL_EVERY_MS) return { more: false };
            told = { text, at: summary.at };
            return { more: false, tell: { id: String(summary.at), data: summaryShape(summary) } };
          },
        },
      );
    }),
});
