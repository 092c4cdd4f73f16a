/**
 * Metrics whose value is read when Prometheus asks, not kept.
 *
 * @module
 */

import { Counter, Gauge, type Registry } from "prom-client";

/** Longest wait for one value. What is later is left out of that answer. */
const READ_MAX_MS = 1_000;

/** A metric and how to read it. */
export interface ReadMetric {
  readonly name: string;
  readonly help: string;
  /** The value now; null where there is none, which leaves the metric out. */
  readonly read: () => number | null | Promise<number | null>;
}

/** Adds a value that goes up and down. */
export function addGauge(registry: Registry, metric: ReadMetric): void {
  const { name, help, read } = metric;
  const gauge = new Gauge({
    name,
    help,
    registers: [],
    async collect() {
      const value = await readSafely(read);
      if (value === null) this.remove();
      else this.set(value);
    },
  });
  registry.registerMetric(gauge);
}

/** Adds a value that only goes up and is counted elsewhere. */
export function addCounterOf(registry: Registry, metric: ReadMetric): void {
  const { name, help, read } = metric;
  const counter = new Counter({
    name,
    help,
    registers: [],
    async collect() {
      const value = await readSafely(read);
      this.reset();
      if (value === null) this.remove();
      else this.inc(value);
    },
  });
  registry.registerMetric(counter);
}

/** A value that cannot be read, or not soon, must not cost the others. */
async function readSafely(read: ReadMetric["read"]): Promise<number | null> {
  try {
    const value = await Promise.race([read(), Bun.sleep(READ_MAX_MS).then(() => null)]);
    return value !== null && Number.isFinite(value) ? value : null;
  } catch {
    return null;
  }
}
