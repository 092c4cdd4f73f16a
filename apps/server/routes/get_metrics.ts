/**
 * Figures.
 *
 * @module
 */

import { OPERATIONS } from "@postern/wire";
import type { Answers } from "../http/answers.ts";
import { type Route, route } from "../http/route.ts";

/** What the figures come from. */
export interface GetMetricsDeps {
  readonly answers: Answers;
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
}

/** Figures in Prometheus' text format. */
export function getMetricsRoute(deps: GetMetricsDeps): Route {
  return route(OPERATIONS.getMetrics, async ({ context }) => {
    const headers = { "Content-Type": deps.metrics.contentType, "Cache-Control": "no-store" };
    return deps.answers.raw(context, await deps.metrics.text(), { headers });
  });
}
