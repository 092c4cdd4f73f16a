/**
 * The metrics: what the server counts of itself, as Prometheus reads it.
 *
 * Labels are of fixed sets or made of route patterns: nothing that a caller sends becomes a label.
 *
 * @see Prometheus, "Metric and label naming"
 * @module
 */

import type { ProviderHealth } from "@postern/auth";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Metrics } from "../metrics_port.ts";
import { createChatMetrics, type SocketSources } from "./_chat_metrics.ts";
import { createHttpTally } from "./_http_tally.ts";
import { addCounterOf, addGauge } from "./_metric_kinds.ts";
import { addProcessMetrics } from "./_process_metrics.ts";
import { addProviderMetrics } from "./_provider_metrics.ts";
import { addRedisMetrics, type RedisState } from "./_redis_metrics.ts";

/** What is read when Prometheus asks. */
export interface MetricSources extends SocketSources {
  readonly version: string;
  /** Passwords that wait and that are hashed now, and how many were turned away so far. */
  readonly passwords: () => {
    readonly waiting: number;
    readonly running: number;
    readonly refused: number;
  };
  /** Mails that wait, and when the oldest was written, milliseconds since the epoch; null where none waits. */
  readonly outbox: () => Promise<{ readonly waiting: number; readonly oldestAt: number | null }>;
  /** Sessions that are remembered, so that they need no look-up. */
  readonly warmSessions: () => number;
  /** Writes that wait for the one writer. */
  readonly waitingWrites: () => number;
  /** How it is with Redis; null where there is none. */
  readonly redis: RedisState | null;
  /** The last check of each provider. */
  readonly providers: () => Promise<readonly ProviderHealth[]>;
}

/** Upper bounds of how long a commit takes, seconds. */
const COMMIT_BOUNDS_S = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

/** Makes the metrics. */
export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  const http = createHttpTally(registry);
  const signIns = counter(registry, "postern_sign_ins_total", [
    "outcome",
    "Attempts to sign in, by how they ended",
  ]);
  const refusals = counter(registry, "postern_rate_limited_total", [
    "limit",
    "Requests over a limit, by the limit",
  ]);
  const mails = counter(registry, "postern_mails_total", [
    "outcome",
    "Attempts to send a mail, by what became of them",
  ]);
  const commits = commitHistogram(registry);
  const chat = createChatMetrics(registry, sources);
  addBuildInfo(registry, sources.version);
  addQueues(registry, sources);
  addOutbox(registry, sources.outbox);
  addProviderMetrics(registry, sources.providers);
  if (sources.redis !== null) addRedisMetrics(registry, sources.redis);
  const closeProcessMetrics = addProcessMetrics(registry);
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    route: http.route,
    signIn: (outcome) => void signIns.inc({ outcome }),
    rateLimited: (limit) => void refusals.inc({ limit }),
    mail: (outcome) => void mails.inc({ outcome }),
    ...chat,
    commit: (elapsedMs) => commits.observe(elapsedMs / 1_000),
    close: closeProcessMetrics,
  };
}

function counter<Label extends string>(
  registry: Registry,
  name: string,
  [label, help]: readonly [Label, string],
): Counter<Label> {
  const made = new Counter({ name, help, labelNames: [label], registers: [] });
  registry.registerMetric(made);
  return made;
}

function commitHistogram(registry: Registry): Histogram {
  const made = new Histogram({
    name: "postern_commit_duration_seconds",
    help: "Time that a transaction took, from its begin to its commit",
    buckets: COMMIT_BOUNDS_S,
    registers: [],
  });
  registry.registerMetric(made);
  return made;
}

function addBuildInfo(registry: Registry, version: string): void {
  const made = new Gauge({
    name: "postern_build_info",
    help: "Always 1; the labels tell the versions of the server and of Bun",
    labelNames: ["version", "bun"],
    registers: [],
  });
  made.set({ version, bun: Bun.version }, 1);
  registry.registerMetric(made);
}

function addQueues(registry: Registry, sources: MetricSources): void {
  addGauge(registry, {
    name: "postern_passwords_waiting",
    help: "Passwords that wait to be hashed",
    read: () => sources.passwords().waiting,
  });
  addGauge(registry, {
    name: "postern_passwords_running",
    help: "Passwords that are being hashed",
    read: () => sources.passwords().running,
  });
  addCounterOf(registry, {
    name: "postern_passwords_refused_total",
    help: "Passwords that were turned away because too many waited",
    read: () => sources.passwords().refused,
  });
  addGauge(registry, {
    name: "postern_warm_sessions",
    help: "Sessions that are remembered and need no look-up",
    read: sources.warmSessions,
  });
  addGauge(registry, {
    name: "postern_writes_waiting",
    help: "Writes that wait for the writer",
    read: sources.waitingWrites,
  });
}

function addOutbox(registry: Registry, outbox: MetricSources["outbox"]): void {
  // The two are asked for in the same moment, so that one look-up serves both.
  let looking: ReturnType<typeof outbox> | undefined;
  const look = () => {
    looking ??= outbox().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  addGauge(registry, {
    name: "postern_mails_waiting",
    help: "Mails that are neither sent nor given up",
    read: async () => (await look()).waiting,
  });
  addGauge(registry, {
    name: "postern_mail_oldest_age_seconds",
    help: "Age of the oldest mail that waits; 0 where none does",
    read: async () => {
      const { oldestAt } = await look();
      return oldestAt === null ? 0 : Math.max(0, (Date.now() - oldestAt) / 1_000);
    },
  });
}
