/**
 * What is noted of every answer.
 *
 * @module
 */

import type { RequestContext } from "./http/request_context.ts";
import type { Log } from "./log_port.ts";
import type { Metrics } from "./metrics_port.ts";

/** Counts every answer, and writes a line for each where the log wants so much. */
export function createAnswerNotes(log: Log, metrics: Metrics) {
  const isLogged = log.writes("debug");
  return (context: RequestContext, status: number): void => {
    const elapsedMs = performance.now() - context.startedAt;
    const { method } = context.request;
    metrics.route(method, context.route).observe(status, elapsedMs);
    if (!isLogged) return;
    const { id, route, caller } = context;
    const { ip } = caller;
    log.debug("request", { request_id: id, method, route, status, ip, elapsed_ms: elapsedMs });
  };
}
