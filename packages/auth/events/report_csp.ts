/**
 * Counting reports of what a page was kept from doing.
 *
 * @module
 */

import type { Actor } from "../actor.ts";
import type { CspReport } from "../bookkeeping.ts";
import type { HasClock, HasStore } from "../ports.ts";
import { eventOf } from "./event.ts";

/** Counts reports; a kind that was never seen is an event, once. */
export async function reportCsp(
  deps: HasClock & HasStore,
  actor: Actor,
  reports: readonly CspReport[],
): Promise<void> {
  for (const report of reports) {
    const at = deps.clock.now();
    const details = {
      directive: report.directive,
      blocked_origin: report.blockedOrigin,
      page_path: report.pagePath,
    };
    const first = eventOf(actor, { at, action: "csp_violation", success: false, details });
    await deps.store.bookkeeping.countCspReport(report, first);
  }
}
