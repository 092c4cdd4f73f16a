/**
 * Counts the answers of a load, once it is warm.
 *
 * @module
 */

import { quantile } from "../report/statistics.ts";
import type { LoadOutcome } from "./job.ts";

/** What a tally knows of a load's outcome. */
export type Counted = Omit<LoadOutcome, "unsent" | "followUps">;

const FIRST_CAPACITY = 65_536;
const OK = 200;
const US_PER_MS = 1_000;

/** The answers of one load. */
export class Tally {
  readonly #statuses = new Map<number, number>();
  #latencies = new Float64Array(FIRST_CAPACITY);
  #count = 0;
  #isCounting = false;
  #beganAt = 0;
  #cpuAtBegin = process.cpuUsage();
  #elapsedMs = 0;
  #cpuMs = 0;

  /** Counts from now on. */
  begin(): void {
    this.#cpuAtBegin = process.cpuUsage();
    this.#beganAt = performance.now();
    this.#isCounting = true;
  }

  /** Counts no more. */
  end(): void {
    this.#isCounting = false;
    this.#elapsedMs = performance.now() - this.#beganAt;
    const { user, system } = process.cpuUsage(this.#cpuAtBegin);
    this.#cpuMs = (user + system) / US_PER_MS;
  }

  /** Notes an answer. */
  note(status: number, latencyMs: number): void {
    if (!this.#isCounting) return;
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    if (status !== OK) return;
    if (this.#count === this.#latencies.length) this.#grow();
    this.#latencies[this.#count] = latencyMs;
    this.#count += 1;
  }

  /** What was counted. */
  result(): Counted {
    const latencies = this.#latencies.subarray(0, this.#count);
    const at = (share: number) => (this.#count === 0 ? 0 : quantile(latencies, share));
    return {
      elapsedMs: this.#elapsedMs,
      statuses: Object.fromEntries(this.#statuses),
      perSecond: (this.#count / this.#elapsedMs) * 1_000,
      latencyMs: { p50: at(0.5), p99: at(0.99), max: at(1) },
      generatorBusy: this.#cpuMs / this.#elapsedMs,
    };
  }

  #grow(): void {
    const grown = new Float64Array(this.#latencies.length * 2);
    grown.set(this.#latencies);
    this.#latencies = grown;
  }
}
