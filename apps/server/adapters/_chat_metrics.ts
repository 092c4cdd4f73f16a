/**
 * What is counted of the chat.
 *
 * @module
 */

import { CLOSE_CODES } from "@postern/wire";
import { Counter, type Registry } from "prom-client";
import type { Metrics } from "../metrics_port.ts";
import { addGauge } from "./_metric_kinds.ts";

const CODES: ReadonlySet<number> = new Set(Object.values(CLOSE_CODES));

/** Makes the metrics of the chat. Codes that are not ours are one label. */
export function createChatMetrics(
  registry: Registry,
  sockets: () => number,
): Pick<Metrics, "messageStored" | "messageDelivered" | "messagesFilled" | "socketClosed"> {
  addGauge(registry, { name: "postern_sockets", help: "WebSockets that are open", read: sockets });
  const [messages, deliveries, filled] = [
    ["postern_messages_total", "Messages that were stored"],
    ["postern_message_deliveries_total", "Connections that messages were sent to"],
    [
      "postern_messages_filled_total",
      "Messages of other processes that the store told of, not the bus",
    ],
  ].map(([name = "", help = ""]) => new Counter({ name, help, registers: [] }));
  const closed = new Counter({
    name: "postern_sockets_closed_total",
    help: "WebSockets that were closed, by our code, or other",
    labelNames: ["code"],
    registers: [],
  });
  for (const each of [messages, deliveries, filled, closed]) {
    if (each !== undefined) registry.registerMetric(each);
  }
  return {
    messageStored: () => messages?.inc(),
    messageDelivered: (connections) => deliveries?.inc(connections),
    messagesFilled: (count) => filled?.inc(count),
    socketClosed: (code) => void closed.inc({ code: CODES.has(code) ? String(code) : "other" }),
  };
}
