/**
 * What is counted of the chat.
 *
 * @module
 */

import { CLIENT_FRAMES, CLOSE_CODES } from "@postern/wire";
import { Counter, type Registry } from "prom-client";
import type { ChatMetrics } from "../metrics_port.ts";
import { addGauge } from "./_metric_kinds.ts";

const CODES: ReadonlySet<number> = new Set(Object.values(CLOSE_CODES));

/** What is read of the sockets when Prometheus asks. */
export interface SocketSources {
  /** WebSockets that are open. */
  readonly sockets: () => number;
  /** What waits for readers of theirs, bytes. */
  readonly backlogBytes: () => number;
}

/** Makes the metrics of the chat. Codes that are not ours are one label. */
export function createChatMetrics(registry: Registry, sources: SocketSources): ChatMetrics {
  addGauge(registry, {
    name: "postern_sockets",
    help: "WebSockets that are open",
    read: sources.sockets,
  });
  addGauge(registry, {
    name: "postern_socket_backlog_bytes",
    help: "Bytes that wait for those who read slowly, over all WebSockets",
    read: sources.backlogBytes,
  });
  const count = (name: string, help: string) => plainCounter(registry, name, help);
  const messages = count("postern_messages_total", "Messages that were stored");
  const deliveries = count(
    "postern_message_deliveries_total",
    "Connections that messages were sent to",
  );
  const filled = count(
    "postern_messages_filled_total",
    "Messages of other processes that the store told of, not the bus",
  );
  const frames = labelled(registry, "type", [
    "postern_frames_total",
    "Frames of clients, by type; invalid: bad fields; refused: what closed the connection",
  ]);
  for (const type of Object.keys(CLIENT_FRAMES)) frames.inc({ type }, 0);
  const closed = labelled(registry, "code", [
    "postern_sockets_closed_total",
    "WebSockets that were closed, by our code, or other",
  ]);
  const refused = labelled(registry, "code", [
    "postern_sockets_refused_total",
    "WebSockets that were refused, and closed with this code as soon as they were open",
  ]);
  return {
    messageStored: () => messages.inc(),
    messageDelivered: (connections) => deliveries.inc(connections),
    messagesFilled: (more) => filled.inc(more),
    frame: (type) => frames.inc({ type }),
    socketClosed: (code) => closed.inc({ code: CODES.has(code) ? String(code) : "other" }),
    socketRefused: (code) => refused.inc({ code: String(code) }),
  };
}

function plainCounter(registry: Registry, name: string, help: string): Counter {
  const made = new Counter({ name, help, registers: [] });
  registry.registerMetric(made);
  return made;
}

function labelled<Label extends string>(
  registry: Registry,
  label: Label,
  [name, help]: readonly [string, string],
): Counter<Label> {
  const made = new Counter({ name, help, labelNames: [label], registers: [] });
  registry.registerMetric(made);
  return made;
}
