/**
 * The overview: what happens now, and what needs somebody.
 *
 * @module
 */

import { summarize } from "@postern/auth";
import { timeText } from "@postern/std";
import { adminSummary } from "@postern/wire";
import { permit, router } from "../procedure.ts";

/** The area. */
export const overview = router({
  summary: permit("overview.read")
    .output(adminSummary)
    .query(async ({ ctx }) => {
      const summary = await summarize(ctx.deps);
      return {
        at: timeText(summary.at),
        last_hour: {
          sign_ins: summary.signIns,
          failed_sign_ins: summary.failedSignIns,
          rate_limited: summary.rateLimited,
        },
        live_sessions: summary.liveSessions,
        attention: [...summary.attention],
      };
    }),
});
