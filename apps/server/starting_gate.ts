/**
 * What answers while the server starts: the guards at the edge, and behind them that it is not ready.
 *
 * @module
 */

import type { SettledConfig } from "./config.ts";
import { createEdge } from "./edge.ts";
import { createGate, type Gate } from "./gate.ts";
import { contextOf } from "./http/request_context.ts";
import type { Log } from "./log_port.ts";

/** Makes the gate of a server that has no database yet. Every request that is for us is 503 `busy`. */
export function createStartingGate(config: SettledConfig, log: Pick<Log, "error">): Gate {
  const edge = createEdge(config);
  const problem = { detail: "The server is starting", headers: { "Retry-After": "1" } };
  return createGate({
    ...edge,
    blocked: { holds: () => false },
    route: (request) => edge.answers.problem(contextOf(request), "busy", problem),
    onError: ({ id }, cause) => log.error("request failed", { request_id: id, cause }),
    onAnswer: () => undefined,
  });
}
