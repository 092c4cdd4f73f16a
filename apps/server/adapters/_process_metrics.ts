/**
 * What Prometheus is told of the process: memory, processor time, open files, and how late its event
 * loop runs.
 *
 * prom-client's own collector is not used: half of what it shows is of V8 and libuv and means nothing
 * under Bun, and its measure of lag wakes the process a hundred times a second.
 *
 * @see Prometheus, "Writing client libraries", process metrics
 * @module
 */

import { readdirSync } from "node:fs";
import type { Registry } from "prom-client";
import { addCounterOf, addGauge } from "./_metric_kinds.ts";

/** How often the event loop's lag is looked at. */
const LAG_SAMPLE_MS = 1_000;

/** Adds the metrics of this process. The returned function ends what measures. */
export function addProcessMetrics(registry: Registry): () => void {
  addGauge(registry, {
    name: "process_resident_memory_bytes",
    help: "Memory that the process holds, as the system counts it",
    read: () => process.memoryUsage.rss(),
  });
  addGauge(registry, {
    name: "process_start_time_seconds",
    help: "When the process started, seconds since the epoch",
    read: () => Math.round(performance.timeOrigin / 1_000),
  });
  addGauge(registry, {
    name: "process_open_fds",
    help: "Files and sockets that the process holds open",
    read: countOpenFiles,
  });
  addCounterOf(registry, {
    name: "process_cpu_seconds_total",
    help: "Processor time spent, by the process and for it",
    read: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1_000_000;
    },
  });
  return addLag(registry);
}

/** Null where the system does not tell. */
function countOpenFiles(): number | null {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return null;
  }
}

/** Looks each second how late a timer is, and shows the latest since it was last asked. */
function addLag(registry: Registry): () => void {
  let due = performance.now() + LAG_SAMPLE_MS;
  let latestMs = 0;
  const look = () => {
    latestMs = Math.max(latestMs, performance.now() - due);
    due = performance.now() + LAG_SAMPLE_MS;
  };
  const timer = setInterval(look, LAG_SAMPLE_MS);
  timer.unref();
  addGauge(registry, {
    name: "postern_event_loop_lag_seconds",
    help: "How late the event loop ran at most since the last scrape, looked at once a second",
    read: () => {
      const shown = Math.max(latestMs, performance.now() - due, 0);
      latestMs = 0;
      return shown / 1_000;
    },
  });
  return () => clearInterval(timer);
}
